namespace Sharpen.Machine.Memory;

/// <summary>A frame of segment descriptors that a CPU loads.</summary>
public readonly struct SegmentDescriptors : IFrameType
{
    public static FrameType Type => FrameType.SegmentDescriptors;
}
