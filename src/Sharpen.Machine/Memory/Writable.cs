namespace Sharpen.Machine.Memory;

/// <summary>A frame that its guest may write.</summary>
public readonly struct Writable : IFrameType
{
    public static FrameType Type => FrameType.Writable;
}
