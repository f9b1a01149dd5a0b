namespace Sharpen.Machine.Memory;

/// <summary>Where the host's memory is, in frames.</summary>
public readonly struct MemoryStatistics
{
    internal MemoryStatistics(ulong total, ulong free, ulong untouched, ulong lost, int granules)
    {
        TotalFrames = total;
        FreeFrames = free;
        UntouchedFrames = untouched;
        LostFrames = lost;
        FrameTableFrames = (ulong)granules * FrameTable.TableFrames;
    }

    /// <summary>All that boot handed to the allocator.</summary>
    public ulong TotalFrames { get; }

    /// <summary>What can still be allocated, untouched memory included.</summary>
    public ulong FreeFrames { get; }

    /// <summary>The part of the free memory that nobody has looked at yet.</summary>
    public ulong UntouchedFrames { get; }

    /// <summary>Given up: runs too short or too many to keep.</summary>
    public ulong LostFrames { get; }

    /// <summary>What the frame table takes.</summary>
    public ulong FrameTableFrames { get; }

    /// <summary>In use by the hypervisor and its guests, the frame table included.</summary>
    public ulong UsedFrames => TotalFrames - FreeFrames - LostFrames;
}
