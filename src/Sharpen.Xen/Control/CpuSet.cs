using System;
using System.Collections.Generic;
using System.Linq;

namespace Sharpen.Xen.Control;

/// <summary>A set of CPUs, or of NUMA nodes, by number.</summary>
public sealed class CpuSet
{
    private readonly ulong[] _words;

    private CpuSet(ulong[] words) => _words = words;

    /// <summary>Room for numbers, a multiple of 64.</summary>
    public int Bits => _words.Length * 64;

    /// <summary>The numbers in it, rising.</summary>
    public IEnumerable<int> Members => Enumerable.Range(0, Bits).Where(Contains);

    internal ReadOnlySpan<ulong> Words => _words;

    /// <summary>A set of these numbers.</summary>
    public static CpuSet Of(params IEnumerable<int> members)
    {
        int[] all = [.. members];
        ulong[] words = new ulong[all.Length == 0 ? 1 : (all.Max() / 64) + 1];
        foreach (int member in all)
        {
            words[member / 64] |= 1ul << (member % 64);
        }

        return new CpuSet(words);
    }

    /// <summary>All numbers below a limit.</summary>
    public static CpuSet FirstOf(int count) => Of(Enumerable.Range(0, count));

    internal static CpuSet Of(ReadOnlySpan<ulong> words) => new(words.ToArray());

    /// <summary>Whether a number is in it.</summary>
    public bool Contains(int member) => (uint)member < (uint)Bits && (_words[member / 64] & (1ul << (member % 64))) != 0;
}
