namespace Sharpen.Machine.Memory;

/// <summary>A run of RAM that nobody has looked at yet.</summary>
internal struct UntouchedRange
{
    internal FrameRange Frames;
    internal int Node;
}
