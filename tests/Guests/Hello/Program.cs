using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Says where it is, and stops.</summary>
internal static unsafe class Program
{
    internal static void Main()
    {
        long version = Stubs.Call(Hypercall.XenVersion, (ulong)VersionCommand.Version, 0, 0, 0);
        Line.Of("hello from a C# guest on Xen "u8).Number((ulong)version >> 16).Text("."u8).Number((ulong)version & 0xffff).Print();
        Line.Of("pages "u8).Number(Boot.Info->PageCount).Text(" command line "u8).Text(Boot.CommandLine).Print();
        Line.Of("goodbye"u8).Print();
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;
}
