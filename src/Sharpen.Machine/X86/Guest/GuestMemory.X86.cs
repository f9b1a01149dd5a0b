using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Guest;

/// <summary>The copies themselves: a stub that ends early at a fault.</summary>
public static unsafe partial class GuestMemory
{
    private static partial bool CopyIn(byte* to, GuestLinear from, int bytes) => GuestCopy(to, (byte*)from.Value, bytes) == 0;

    private static partial bool CopyOut(GuestLinear to, byte* from, int bytes) => GuestCopy((byte*)to.Value, from, bytes) == 0;

    /// <summary>Copies forward; answers how many bytes were left when a page could not be reached.</summary>
    [RuntimeImport("guest_copy")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long GuestCopy(byte* to, byte* from, long bytes);
}
