using System.Runtime;
using System.Runtime.CompilerServices;
using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Guest;

/// <summary>The copies themselves: stubs that end early at a fault, the shortest that will do for so many bytes.</summary>
public static unsafe partial class GuestMemory
{
    private const int Word = sizeof(ulong);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static partial byte* PassingPlace() => (byte*)unchecked(CpuBlock.Start + CpuBlock.Offset + CpuBlock.PassingOffset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static partial bool CopyIn(byte* to, GuestLinear from, int bytes) => Copy(to, (byte*)from.Value, bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static partial bool CopyOut(GuestLinear to, byte* from, int bytes) => Copy((byte*)to.Value, from, bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Copy(byte* to, byte* from, int bytes) =>
        bytes == sizeof(uint) ? GuestCopyHalf(to, from) == 0
        : bytes == Word ? GuestCopyWord(to, from) == 0
        : (bytes & (Word - 1)) == 0 ? GuestCopyWords(to, from, (long)(uint)bytes / Word) == 0
        : GuestCopy(to, from, bytes) == 0;

    /// <summary>Copies four bytes; answers zero unless a page could not be reached.</summary>
    [RuntimeImport("guest_copy_half")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int GuestCopyHalf(byte* to, byte* from);

    /// <summary>Copies eight bytes; answers zero unless a page could not be reached.</summary>
    [RuntimeImport("guest_copy_word")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int GuestCopyWord(byte* to, byte* from);

    /// <summary>Copies words forward; answers how many were left when a page could not be reached.</summary>
    [RuntimeImport("guest_copy_words")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long GuestCopyWords(byte* to, byte* from, long words);

    /// <summary>Copies forward; answers how many bytes were left when a page could not be reached.</summary>
    [RuntimeImport("guest_copy")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long GuestCopy(byte* to, byte* from, long bytes);
}
