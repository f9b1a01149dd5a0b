namespace Sharpen.Machine.Cpu;

/// <summary>Model-specific registers. A read or write that the CPU refuses is an answer, not a fault.</summary>
internal static unsafe class Msr
{
    internal const uint ApicBase = 0x1b;
    internal const uint Efer = 0xc0000080;
    internal const uint Star = 0xc0000081;
    internal const uint LongStar = 0xc0000082;
    internal const uint CompatStar = 0xc0000083;
    internal const uint SyscallMask = 0xc0000084;
    internal const uint FsBase = 0xc0000100;
    internal const uint GsBase = 0xc0000101;
    internal const uint KernelGsBase = 0xc0000102;
    internal const uint TscAux = 0xc0000103;
    internal const uint SysenterCs = 0x174;
    internal const uint Pat = 0x277;
    internal const uint TscDeadline = 0x6e0;
    internal const uint X2ApicFirst = 0x800;

    internal static bool TryRead(uint number, out ulong value)
    {
        ulong read = 0;
        bool there = Instructions.ReadMsr(number, &read) != 0;
        value = read;
        return there;
    }

    internal static bool TryWrite(uint number, ulong value) => Instructions.WriteMsr(number, value) != 0;

    /// <summary>A register that this CPU is known to have.</summary>
    internal static ulong Read(uint number)
    {
        TryRead(number, out ulong value);
        return value;
    }
}
