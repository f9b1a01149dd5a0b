using System;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>A set of numbers as ranges in ascending order, which neither overlap nor touch. All zero is the empty set.</summary>
public struct IoRanges
{
    /// <summary>The most ranges there can be.</summary>
    public const int Limit = 32;

    private Fixed32<IoRange> _ranges;
    private int _count;
    private uint _version;

    /// <summary>How many ranges there are.</summary>
    public readonly int Count => _count;

    /// <summary>True when it has no number.</summary>
    public readonly bool IsEmpty => _count == 0;

    /// <summary>
    /// True when every number from one to the other is in the set; false when they are in the wrong order, and while another CPU changes
    /// the set: a half-made change allows nothing.
    /// </summary>
    public readonly bool Contains(ulong first, ulong last)
    {
        uint version = Volatile.Read(in _version);
        return (version & 1) == 0 && Holds(first, last) && Volatile.Read(in _version) == version;
    }

    private readonly bool Holds(ulong first, ulong last)
    {
        foreach (IoRange range in _ranges.ReadOnly.Slice(0, _count))
        {
            if (range.First <= first && first <= last && last <= range.Last)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds numbers. EINVAL: the wrong order; ENOMEM: too many ranges, and nothing has changed.</summary>
    public Result Add(ulong first, ulong last)
    {
        if (first > last)
        {
            return Errno.Inval;
        }

        IoRange added = new() { First = first, Last = last };
        IoRanges result = default;
        bool isPlaced = false;
        foreach (IoRange range in _ranges.ReadOnly.Slice(0, _count))
        {
            if (range.Last < added.First && added.First - range.Last > 1)
            {
                if (!result.Append(in range))
                {
                    return Errno.NoMem;
                }
            }
            else if (added.Last < range.First && range.First - added.Last > 1)
            {
                if ((!isPlaced && !result.Append(in added)) || !result.Append(in range))
                {
                    return Errno.NoMem;
                }

                isPlaced = true;
            }
            else
            {
                added.First = Math.Min(added.First, range.First);
                added.Last = Math.Max(added.Last, range.Last);
            }
        }

        if (!isPlaced && !result.Append(in added))
        {
            return Errno.NoMem;
        }

        Replace(in result);
        return Result.Success;
    }

    /// <summary>Takes numbers out. EINVAL: the wrong order; ENOMEM: too many ranges, and nothing has changed.</summary>
    public Result Remove(ulong first, ulong last)
    {
        if (first > last)
        {
            return Errno.Inval;
        }

        IoRanges result = default;
        foreach (IoRange range in _ranges.ReadOnly.Slice(0, _count))
        {
            IoRange below = range;
            IoRange above = range;
            bool hasBelow = range.First < first;
            bool hasAbove = range.Last > last;
            below.Last = hasBelow ? Math.Min(range.Last, first - 1) : 0;
            above.First = hasAbove ? Math.Max(range.First, last + 1) : 0;
            bool fits = (!hasBelow || result.Append(in below)) && (!hasAbove || result.Append(in above));
            if (!fits)
            {
                return Errno.NoMem;
            }
        }

        Replace(in result);
        return Result.Success;
    }

    // Odd while it changes.
    private void Replace(in IoRanges result)
    {
        Volatile.Write(ref _version, unchecked(_version + 1));
        _ranges = result._ranges;
        _count = result._count;
        Volatile.Write(ref _version, unchecked(_version + 1));
    }

    private bool Append(in IoRange range)
    {
        if (_count == Limit)
        {
            return false;
        }

        _ranges[_count++] = range;
        return true;
    }
}
