using System;
using System.Runtime.InteropServices;

namespace Sharpen.Xl.Output;

/// <summary>Open files by number, which others share: a <see cref="System.IO.FileStream"/> keeps a position of its own, and would write over
/// what they wrote meanwhile. Source: write(2).</summary>
public static class Descriptor
{
    private const int Interrupted = 4;
    private const int TryAgain = 11;

    /// <summary>Writes all of it; gives up silently when nobody reads any more, as behind <c>head</c>.</summary>
    public static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        byte[] rest = bytes.ToArray();
        while (rest.Length > 0)
        {
            nint written = Write(descriptor, rest, (nuint)rest.Length);
            if (written >= 0)
            {
                rest = rest[(int)written..];
            }
            else if (Marshal.GetLastPInvokeError() is not (Interrupted or TryAgain))
            {
                return;
            }
        }
    }

    /// <summary>Whether a person sees what is written there.</summary>
    [DllImport("libc", EntryPoint = "isatty")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool IsTerminal(int descriptor);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    private static extern nint Write(int descriptor, byte[] bytes, nuint count);
}
