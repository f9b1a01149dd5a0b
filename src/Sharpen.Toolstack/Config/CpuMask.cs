using System;
using System.Collections.Generic;
using System.Text;

namespace Sharpen.Toolstack.Config;

/// <summary>A set of processors or nodes of the host, as the ABI's bitmaps are: bit <c>n</c> of byte <c>n / 8</c>.</summary>
public sealed class CpuMask
{
    private readonly byte[] _bits;

    /// <param name="count">How many the host has.</param>
    public CpuMask(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
        _bits = new byte[(count + 7) / 8];
    }

    /// <param name="count">How many the host has.</param>
    /// <param name="bits">A bitmap; what is missing at its end is zero, and what is too much is ignored.</param>
    public CpuMask(int count, ReadOnlySpan<byte> bits)
        : this(count)
    {
        for (int i = 0; i < count && i / 8 < bits.Length; i++)
        {
            this[i] = (bits[i / 8] & (1 << (i % 8))) != 0;
        }
    }

    /// <summary>How many there can be.</summary>
    public int Count { get; }

    /// <summary>The bitmap.</summary>
    public ReadOnlySpan<byte> Bits => _bits;

    /// <summary>True if none is in it.</summary>
    public bool IsEmpty => !_bits.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>True if all are in it.</summary>
    public bool IsFull => Population == Count;

    /// <summary>How many are in it.</summary>
    public int Population
    {
        get
        {
            int count = 0;
            for (int i = 0; i < Count; i++)
            {
                count += this[i] ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>Whether one is in it.</summary>
    public bool this[int index]
    {
        get => (uint)index < (uint)Count && (_bits[index / 8] & (1 << (index % 8))) != 0;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            int bit = 1 << (index % 8);
            _bits[index / 8] = (byte)(value ? _bits[index / 8] | bit : _bits[index / 8] & ~bit);
        }
    }

    /// <summary>All of <paramref name="count"/>.</summary>
    public static CpuMask Full(int count)
    {
        var set = new CpuMask(count);
        for (int i = 0; i < count; i++)
        {
            set[i] = true;
        }

        return set;
    }

    /// <summary>The members, ascending.</summary>
    public IEnumerable<int> Members()
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i])
            {
                yield return i;
            }
        }
    }

    /// <summary>As lists show it: <c>0-3,5</c>, <c>all</c>, <c>none</c>.</summary>
    public override string ToString()
    {
        if (IsFull)
        {
            return "all";
        }

        return IsEmpty ? "none" : Ranges();
    }

    /// <summary>As ranges, also when it is full.</summary>
    public string Ranges()
    {
        var text = new StringBuilder();
        for (int first = 0; first < Count; first++)
        {
            if (!this[first])
            {
                continue;
            }

            int last = first;
            while (this[last + 1])
            {
                last++;
            }

            text.Append(text.Length == 0 ? "" : ",").Append(first);
            if (last > first)
            {
                text.Append('-').Append(last);
            }

            first = last;
        }

        return text.ToString();
    }
}
