namespace Sharpen.Machine.Memory;

/// <summary>A marker: the argument of <see cref="FrameRef{TType}"/>.</summary>
public interface IFrameType
{
    static abstract FrameType Type { get; }
}
