using Sharpen.Abi;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>What kind of code a selector stands for.</summary>
internal static class CodeSegments
{
    private const ushort RingMask = 3;
    private const ulong PresentCode = (1UL << 47) | (1UL << 44) | (1UL << 43);
    private const ulong Long = 1UL << 53;
    private const ulong Default32 = 1UL << 54;

    /// <summary>Describes a code selector of ring 3. False: it is not known, and nothing in that segment is emulated.</summary>
    /// <param name="context">Whose descriptor tables count.</param>
    /// <param name="selector">Any number.</param>
    /// <param name="segment">What it is.</param>
    internal static bool TryDescribe(in VcpuContext context, ushort selector, out CodeSegment segment)
    {
        FlatSelector flat = (FlatSelector)(selector | RingMask);
        if (flat is FlatSelector.UserCode64 or FlatSelector.UserCode32)
        {
            segment = new CodeSegment(flat == FlatSelector.UserCode64, is32Bit: true, 0);
            return true;
        }

        bool isThere = GuestSegments.TryRead(in context, selector, out ulong descriptor);
        segment = new CodeSegment((descriptor & Long) != 0, (descriptor & Default32) != 0, BaseOf(descriptor));
        return isThere && (descriptor & PresentCode) == PresentCode;
    }

    private static uint BaseOf(ulong descriptor) => (uint)(((descriptor >> 16) & 0xff_ffff) | ((descriptor >> 56) << 24));
}
