using System;
using System.Numerics;
using Sharpen.Machine.Collections;

namespace Sharpen.Machine.Cpu;

/// <summary>A set of CPUs: one bit for each possible id, 512 bytes. Passed by reference; not atomic.</summary>
public struct CpuMask
{
    private const int WordBits = 64;

    private Fixed64<ulong> _words;

    /// <summary>True when no CPU is in the set.</summary>
    public readonly bool IsEmpty => !TryNext(0, out _);

    /// <summary>How many CPUs are in the set.</summary>
    public readonly int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in _words.ReadOnly)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>True when the CPU is in the set.</summary>
    public readonly bool Has(CpuId cpu) => (_words.ReadOnly[cpu.Value / WordBits] >> (cpu.Value % WordBits) & 1) != 0;

    /// <summary>Puts a CPU into the set.</summary>
    public void Add(CpuId cpu) => _words[cpu.Value / WordBits] |= 1UL << (cpu.Value % WordBits);

    /// <summary>Takes a CPU out of the set.</summary>
    public void Remove(CpuId cpu) => _words[cpu.Value / WordBits] &= ~(1UL << (cpu.Value % WordBits));

    /// <summary>Every possible CPU.</summary>
    public void Fill() => _words.Span.Fill(ulong.MaxValue);

    /// <summary>No CPU.</summary>
    public void Clear() => _words.Span.Clear();

    /// <summary>Keeps what is in both sets.</summary>
    public void IntersectWith(in CpuMask other)
    {
        for (int word = 0; word < Fixed64<ulong>.Length; word++)
        {
            _words[word] &= other._words.ReadOnly[word];
        }
    }

    /// <summary>True when some CPU is in both sets.</summary>
    public readonly bool Overlaps(in CpuMask other)
    {
        for (int word = 0; word < Fixed64<ulong>.Length; word++)
        {
            if ((_words.ReadOnly[word] & other._words.ReadOnly[word]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The lowest CPU of the set with an id of at least <paramref name="start"/>; false when there is none.</summary>
    public readonly bool TryNext(int start, out CpuId cpu)
    {
        for (int word = Math.Max(start, 0) / WordBits; word < Fixed64<ulong>.Length; word++)
        {
            ulong bits = _words.ReadOnly[word];
            bits = word == start / WordBits ? bits & (ulong.MaxValue << (start % WordBits)) : bits;
            if (bits != 0)
            {
                cpu = new CpuId((word * WordBits) + BitOperations.TrailingZeroCount(bits));
                return true;
            }
        }

        cpu = default;
        return false;
    }

    /// <summary>The sixteen CPUs from <c>16 * sixteen</c> on, bit 0 being the first.</summary>
    public readonly ushort Sixteen(int sixteen) => unchecked((ushort)(_words.ReadOnly[sixteen / 4] >> (sixteen % 4 * 16)));
}
