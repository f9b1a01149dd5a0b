namespace Sharpen.Machine.Memory;

/// <summary>The borders of the zones.</summary>
internal static class Zones
{
    internal const int Count = 4;

    private const ulong OneMebibyte = 0x100;
    private const ulong FourGibibytes = 0x10_0000;

    /// <summary>The zone of a frame below <see cref="AddressSpace.FrameLimit"/>.</summary>
    internal static MemoryZone Of(Mfn frame) => frame.Value switch
    {
        < OneMebibyte => MemoryZone.BelowOneMebibyte,
        < FourGibibytes => MemoryZone.BelowFourGibibytes,
        _ => frame.Value < AddressSpace.DirectMapFrames ? MemoryZone.Direct : MemoryZone.Beyond,
    };

    internal static FrameRange RangeOf(MemoryZone zone) => zone switch
    {
        MemoryZone.BelowOneMebibyte => FrameRange.Between(new Mfn(0), new Mfn(OneMebibyte)),
        MemoryZone.BelowFourGibibytes => FrameRange.Between(new Mfn(OneMebibyte), new Mfn(FourGibibytes)),
        MemoryZone.Direct => FrameRange.Between(new Mfn(FourGibibytes), new Mfn(AddressSpace.DirectMapFrames)),
        _ => FrameRange.Between(new Mfn(AddressSpace.DirectMapFrames), new Mfn(AddressSpace.FrameLimit)),
    };

    /// <summary>What the boot tables map from the start, less the first megabyte.</summary>
    internal static FrameRange MappedAtBoot => RangeOf(MemoryZone.BelowFourGibibytes);

    /// <summary>All that the direct map reaches, less the first megabyte.</summary>
    internal static FrameRange Mapped => FrameRange.Between(new Mfn(OneMebibyte), new Mfn(AddressSpace.DirectMapFrames));
}
