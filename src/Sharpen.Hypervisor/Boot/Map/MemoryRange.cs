using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot.Map;

/// <summary>A half-open range of machine addresses of one kind, in bytes.</summary>
public readonly struct MemoryRange
{
    /// <summary>From <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public MemoryRange(ulong start, ulong end, MemoryKind kind)
    {
        Start = start;
        End = end;
        Kind = kind;
    }

    /// <summary>The first byte.</summary>
    public ulong Start { get; }

    /// <summary>The byte after the last.</summary>
    public ulong End { get; }

    /// <summary>What it is.</summary>
    public MemoryKind Kind { get; }

    /// <summary>How long it is.</summary>
    public ulong Bytes => End - Start;

    /// <summary>The first frame; exact when the range is aligned.</summary>
    public Mfn FirstFrame => new MachineAddress(Start).Frame;

    /// <summary>How many frames it has; exact when the range is aligned.</summary>
    public ulong Frames => Bytes >> PageSize.Shift;
}
