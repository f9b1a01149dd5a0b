using System;
using System.Numerics;

namespace Sharpen.Simulation.Seeds;

/// <summary>Random numbers that are the same for one seed on every version of .NET (SplitMix64).</summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Any 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9e37_79b9_7f4a_7c15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xbf58_476d_1ce4_e5b9;
            z = (z ^ (z >> 27)) * 0x94d0_49bb_1331_11eb;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)Below((ulong)count);

    /// <summary>A number from 0 to <paramref name="count"/> - 1.</summary>
    public ulong Below(ulong count) => Math.BigMul(Next(), count, out _);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>The number of a random bit that is set, or -1.</summary>
    public int BitOf(ulong bits)
    {
        if (bits == 0)
        {
            return -1;
        }

        for (int skip = Below(BitOperations.PopCount(bits)); skip > 0; skip--)
        {
            bits &= bits - 1;
        }

        return BitOperations.TrailingZeroCount(bits);
    }
}
