using System;
using System.Numerics;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>A finite-state entropy code of zstd: for each state a symbol, and how the next state is found. At most 512 states.</summary>
/// <remarks>Source: RFC 8878, 4.1.1.</remarks>
internal struct ZstdCode
{
    private const int LeastBits = 5;
    private const int MostSymbols = 64;

    private Fixed512<ZstdState> _states;

    /// <summary>Bits of a state's number; 0 for a code of one symbol.</summary>
    internal int Bits { get; private set; }

    /// <summary>There is a code.</summary>
    internal bool Exists { get; private set; }

    /// <summary>What a state stands for; states lie below two to the power of <see cref="Bits"/>.</summary>
    internal ZstdState At(uint state) => _states.Wrapped(state);

    /// <summary>The state after one.</summary>
    internal static uint Next(ZstdState state, ref ZstdBits bits) => unchecked(state.Base + bits.Take(state.Bits));

    /// <summary>A code of one symbol, which takes no bits.</summary>
    internal void SetSingle(byte symbol)
    {
        _states[0] = new ZstdState { Symbol = symbol };
        Bits = 0;
        Exists = true;
    }

    /// <summary>Reads a description. False: it makes no sense, or is beyond the limits.</summary>
    /// <param name="input">Begins with the description.</param>
    /// <param name="mostBits">The most <see cref="Bits"/>, up to 9.</param>
    /// <param name="lastSymbol">The highest symbol.</param>
    /// <param name="used">Bytes of the description.</param>
    internal bool Read(ReadOnlySpan<byte> input, int mostBits, int lastSymbol, out int used)
    {
        BitReader reader = new(input);
        reader.Fill();
        int bits = reader.Take(4) + LeastBits;
        used = 0;
        Exists = false;
        Fixed64<ushort> shares = default;
        shares.Span.Fill(1);                // what is not told of has no states
        int count = 0;
        int left = 1 << bits;
        while (bits <= mostBits && left > 0 && count <= lastSymbol)
        {
            reader.Fill();
            int share = TakeShare(ref reader, left);
            left -= share == 0 ? 1 : share - 1;
            shares[count++] = (ushort)share;
            if (share == 1 && !SkipAbsent(ref reader, ref count, lastSymbol))
            {
                return false;
            }
        }

        reader.Align();
        used = reader.Used;
        return bits <= mostBits && left == 0 && !reader.IsBeyond && Build(shares.ReadOnly.Slice(0, count), bits);
    }

    /// <summary>Makes the code from how many states each symbol has, plus one; 0: one state, at the end. False: not as many in all as there are.</summary>
    internal bool Build(ReadOnlySpan<ushort> shares, int bits)
    {
        int size = 1 << bits;
        int end = size;
        Fixed64<ushort> next = default;
        for (int symbol = 0; symbol < shares.Length; symbol++)
        {
            next[symbol] = (ushort)Math.Max(shares[symbol] - 1, shares[symbol] == 0 ? 1 : 0);
            if (shares[symbol] == 0)
            {
                if (end == 0)
                {
                    return false;
                }

                _states[--end].Symbol = (byte)symbol;
            }
        }

        Bits = bits;
        Exists = Spread(shares, size, end);
        for (int state = 0; state < size && Exists; state++)
        {
            ref ZstdState entry = ref _states[state];
            int number = next[entry.Symbol & (MostSymbols - 1)]++;
            int width = bits - BitOperations.Log2((ulong)(uint)number);
            entry.Bits = (byte)width;
            entry.Base = (ushort)((number << width) - size);
        }

        return Exists;
    }

    // In steps that meet every place once; those at the end are taken.
    private bool Spread(ReadOnlySpan<ushort> shares, int size, int end)
    {
        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        int placed = 0;
        for (int symbol = 0; symbol < shares.Length; symbol++)
        {
            for (int share = 1; share < shares[symbol]; share++)
            {
                if (placed++ == end)
                {
                    return false;
                }

                _states[position].Symbol = (byte)symbol;
                do
                {
                    position = (position + step) & (size - 1);
                }
                while (position >= end && placed < end);
            }
        }

        return placed == end;
    }

    // A number below as many values as are left, plus two; the smaller ones take a bit less.
    private static int TakeShare(ref BitReader reader, int left)
    {
        int bits = BitOperations.Log2((ulong)(uint)(left + 1)) + 1;
        int half = 1 << (bits - 1);
        int spare = (1 << bits) - 1 - (left + 1);
        int low = (int)(reader.Window & (ulong)(uint)(half - 1));
        if (low < spare)
        {
            reader.Drop(bits - 1);
            return low;
        }

        int value = reader.Take(bits);
        return value >= half ? value - spare : value;
    }

    private static bool SkipAbsent(ref BitReader reader, ref int count, int lastSymbol)
    {
        int more;
        do
        {
            reader.Fill();
            more = reader.Take(2);
            count += more;
        }
        while (more == 3 && count <= lastSymbol);
        return count <= lastSymbol + 1;
    }
}
