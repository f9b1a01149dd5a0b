using System;
using System.Numerics;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The Huffman code of zstd's literals: codes of at most eleven bits, all in one table.</summary>
/// <remarks>Source: RFC 8878, 4.2.1.</remarks>
internal struct ZstdHuffman
{
    private const int MostBits = 11;
    private const int MostWeightBits = 6;
    private const int FirstPlain = 128;
    private const int MostWeights = 255;

    // Of each code, filled up to MostBits: its symbol, and its length above.
    private Fixed2048<ushort> _table;
    private ZstdCode _weightCode;
    private int _bits;

    /// <summary>There is a code.</summary>
    internal readonly bool Exists => _bits != 0;

    /// <summary>Forgets the code.</summary>
    internal void Clear() => _bits = 0;

    /// <summary>Reads the code's description. False: it makes no sense.</summary>
    internal bool Read(ReadOnlySpan<byte> input, out int used)
    {
        used = 0;
        _bits = 0;
        if (input.IsEmpty)
        {
            return false;
        }

        Fixed256<byte> weights = default;
        int head = input[0];
        int count = head >= FirstPlain ? head - FirstPlain + 1 : 0;
        int bytes = head >= FirstPlain ? (count + 1) / 2 : head;
        if (bytes > input.Length - 1)
        {
            return false;
        }

        used = 1 + bytes;
        for (int index = 0; index < count; index++)
        {
            weights[index] = (byte)((input[1 + (index / 2)] >> (4 * (1 - (index & 1)))) & 15);
        }

        return (head >= FirstPlain || TakeWeights(input.Slice(1, bytes), ref weights, out count)) && Build(ref weights, count);
    }

    /// <summary>Decodes a stream to exactly fill the destination. False: it makes no sense.</summary>
    internal bool Decode(ReadOnlySpan<byte> stream, Span<byte> destination)
    {
        if (!ZstdBits.TryOpen(stream, out ZstdBits bits))
        {
            return false;
        }

        unchecked
        {
            foreach (ref byte literal in destination)
            {
                uint found = _table.Wrapped(bits.Peek(_bits));
                literal = (byte)found;
                bits.Drop((int)(found >> 8));
            }
        }

        return bits.IsAtEnd;
    }

    // Two states take turns until the stream is used up; then each has one symbol left.
    private bool TakeWeights(ReadOnlySpan<byte> input, ref Fixed256<byte> weights, out int count)
    {
        count = 0;
        if (!_weightCode.Read(input, MostWeightBits, MostBits + 1, out int used) || !ZstdBits.TryOpen(input.Slice(used), out ZstdBits bits))
        {
            return false;
        }

        uint first = bits.Take(_weightCode.Bits);
        uint second = bits.Take(_weightCode.Bits);
        while (count < MostWeights - 1 && !bits.IsBeyond)
        {
            ZstdState state = _weightCode.At(first);
            weights[count++] = state.Symbol;
            first = second;
            second = ZstdCode.Next(state, ref bits);
        }

        if (!bits.IsBeyond || count >= MostWeights)
        {
            return false;
        }

        weights[count++] = _weightCode.At(first).Symbol;
        return true;
    }

    // A weight is how many bits shorter than the longest a code is, plus one. What is missing to a power of two is the last symbol's.
    private bool Build(ref Fixed256<byte> weights, int count)
    {
        uint sum = 0;
        for (int index = 0; index < count; index++)
        {
            if (weights[index] > MostBits)
            {
                return false;
            }

            sum += (1u << weights[index]) >> 1;
        }

        int bits = BitOperations.Log2(sum) + 1;
        uint rest = (1u << bits) - sum;
        if (sum == 0 || bits > MostBits || !BitOperations.IsPow2(rest) || count > MostWeights)
        {
            return false;
        }

        weights[count++] = (byte)(BitOperations.Log2(rest) + 1);
        int place = 0;
        for (int weight = 1; weight <= bits; weight++)
        {
            for (int symbol = 0; symbol < count; symbol++)
            {
                if (weights[symbol] == weight)
                {
                    int places = 1 << (weight - 1);
                    _table.Span.Slice(place, places).Fill((ushort)(symbol | ((bits + 1 - weight) << 8)));
                    place += places;
                }
            }
        }

        _bits = bits;
        return true;
    }
}
