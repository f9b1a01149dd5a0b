namespace Sharpen.Machine.Memory;

/// <summary>A run of frames, half open: from <see cref="First"/> up to, not including, <see cref="End"/>.</summary>
public readonly struct FrameRange
{
    public readonly Mfn First;
    public readonly ulong Frames;

    public FrameRange(Mfn first, ulong frames)
    {
        First = first;
        Frames = frames;
    }

    public Mfn End => First + Frames;

    public bool IsEmpty => Frames == 0;

    /// <summary>The whole frames inside a run of bytes; empty when there is none or the end lies before the start.</summary>
    public static FrameRange InsideBytes(MachineAddress start, MachineAddress end)
    {
        ulong first = (start.Value >> PageSize.Shift) + ((start.Value & PageSize.OffsetMask) != 0 ? 1UL : 0);
        ulong last = end.Value >> PageSize.Shift;
        return new FrameRange(new Mfn(first), last > first ? last - first : 0);
    }

    /// <summary>The run from one frame up to another; empty when the end does not lie behind the start.</summary>
    public static FrameRange Between(Mfn first, Mfn end) => new(first, end > first ? end - first : 0);

    public bool Contains(Mfn frame) => !(frame < First) && frame.Value - First.Value < Frames;

    /// <summary>What both have in common, possibly nothing.</summary>
    public FrameRange Intersect(FrameRange other) => Between(First > other.First ? First : other.First, End < other.End ? End : other.End);
}
