using System;
using System.Diagnostics.CodeAnalysis;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Boot.Map;

/// <summary>Up to <see cref="Capacity"/> memory ranges in place.</summary>
public struct RangeList
{
    /// <summary>The most ranges that are kept.</summary>
    public const int Capacity = Fixed1024<MemoryRange>.Length;

    private Fixed1024<MemoryRange> _ranges;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many did not fit.</summary>
    public uint Lost { get; private set; }

    /// <summary>The ranges.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<MemoryRange> Ranges => _ranges.ReadOnly.Slice(0, Count);

    /// <summary>The bytes of all ranges; exact when none overlap.</summary>
    public readonly ulong TotalBytes
    {
        get
        {
            ulong total = 0;
            foreach (MemoryRange range in Ranges)
            {
                total = range.Bytes > ulong.MaxValue - total ? ulong.MaxValue : total + range.Bytes;
            }

            return total;
        }
    }

    /// <summary>Forgets all ranges.</summary>
    public void Clear()
    {
        Count = 0;
        Lost = 0;
    }

    /// <summary>Adds what somebody claimed: an empty range is left out, one that runs past the end of the address space is cut there.</summary>
    public void AddClaim(ulong start, ulong bytes, MemoryKind kind) =>
        Append(new MemoryRange(start, bytes > ulong.MaxValue - start ? ulong.MaxValue : start + bytes, kind));

    /// <summary>Adds at the end; joined to the last range when it continues that one. Counts what does not fit.</summary>
    public void Append(MemoryRange range)
    {
        if (range.End <= range.Start)
        {
            return;
        }

        if (Count > 0 && _ranges[Count - 1].End == range.Start && _ranges[Count - 1].Kind == range.Kind)
        {
            _ranges[Count - 1] = new MemoryRange(_ranges[Count - 1].Start, range.End, range.Kind);
        }
        else if (Count < Capacity)
        {
            _ranges[Count++] = range;
        }
        else
        {
            Lost = Lost == uint.MaxValue ? Lost : Lost + 1;
        }
    }

    /// <summary>Takes a part out of every range; one that it splits becomes two, of which the second is lost when the list is full.</summary>
    public void Carve(ulong start, ulong end)
    {
        for (int i = 0; i < Count; i++)
        {
            MemoryRange range = _ranges[i];
            if (start >= end || end <= range.Start || start >= range.End)
            {
                continue;
            }

            _ranges[i] = new MemoryRange(range.Start, Math.Max(start, range.Start), range.Kind);
            if (end < range.End)
            {
                InsertAfter(i, new MemoryRange(end, range.End, range.Kind));
                i++;
            }
        }

        DropEmpty();
    }

    /// <summary>Keeps ranges from the beginning of the list until so many bytes are reached; the rest is left out.</summary>
    public void Truncate(ulong bytes)
    {
        int kept = 0;
        for (; kept < Count && bytes > 0; kept++)
        {
            MemoryRange range = _ranges[kept];
            ulong taken = Math.Min(range.Bytes, bytes);
            _ranges[kept] = new MemoryRange(range.Start, range.Start + taken, range.Kind);
            bytes -= taken;
        }

        Count = kept;
    }

    private void InsertAfter(int index, MemoryRange range)
    {
        if (Count == Capacity)
        {
            Lost = Lost == uint.MaxValue ? Lost : Lost + 1;
            return;
        }

        for (int i = Count; i > index + 1; i--)
        {
            _ranges[i] = _ranges[i - 1];
        }

        _ranges[index + 1] = range;
        Count++;
    }

    private void DropEmpty()
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_ranges[i].Bytes != 0)
            {
                _ranges[kept++] = _ranges[i];
            }
        }

        Count = kept;
    }
}
