namespace Sharpen.Machine.Memory;

/// <summary>A frame that is only read, whatever else it is: a reference as this keeps it from being freed and nothing more.</summary>
public readonly struct Untyped : IFrameType
{
    public static FrameType Type => FrameType.None;
}
