using Sharpen.Abi;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>What kind of code a selector stands for.</summary>
internal static class CodeSegments
{
    private const ushort RingMask = 3;

    /// <summary>Describes a code selector of ring 3. False: it is not known, and nothing in that segment is emulated.</summary>
    internal static bool TryDescribe(ushort selector, out CodeSegment segment)
    {
        FlatSelector flat = (FlatSelector)(selector | RingMask);
        segment = new CodeSegment(flat == FlatSelector.UserCode64, is32Bit: true, 0);
        return flat is FlatSelector.UserCode64 or FlatSelector.UserCode32;
    }
}
