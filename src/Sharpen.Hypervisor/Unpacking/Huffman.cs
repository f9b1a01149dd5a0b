using System;
using System.Runtime.CompilerServices;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>A Huffman code of deflate: a table for codes of up to ten bits, and the canonical order for the few that are longer.</summary>
/// <remarks>Source: RFC 1951, 3.2.2.</remarks>
internal struct Huffman
{
    internal const int MostBits = 15;
    private const int FastBits = 10;
    private const int LengthBits = 4;

    private Fixed1024<ushort> _fast;
    private Fixed512<ushort> _symbols;
    private Fixed16<ushort> _counts;

    /// <summary>Makes the code from the lengths of its symbols. False: more codes than fit, or a code with gaps that is not one single bit.</summary>
    internal bool Build(ReadOnlySpan<byte> lengths)
    {
        _counts = default;
        _fast = default;
        foreach (byte length in lengths)
        {
            _counts[length & MostBits]++;
        }

        int used = lengths.Length - _counts[0];
        _counts[0] = 0;
        Fixed16<ushort> first = default;
        Fixed16<ushort> place = default;
        int left = 1;
        for (int length = 1; length <= MostBits; length++)
        {
            left = (left << 1) - _counts[length];
            if (left < 0)
            {
                return false;
            }

            first[length] = (ushort)((first[length - 1] + _counts[length - 1]) << 1);
            place[length] = (ushort)(place[length - 1] + _counts[length - 1]);
        }

        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol] & MostBits;
            if (length != 0)
            {
                _symbols[place[length]++] = (ushort)symbol;
                Enter(first[length]++, length, symbol);
            }
        }

        return left == 0 || used == 0 || (used == 1 && _counts[1] == 1);
    }

    /// <summary>The next symbol, and its bits; no bits when there is no such code.</summary>
    /// <param name="window">The next bits of the input, the first in the lowest bit.</param>
    /// <param name="length">How many belong to the symbol.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Find(ulong window, out int length)
    {
        unchecked
        {
            uint entry = _fast[(int)(window & ((1 << FastBits) - 1))];
            length = (int)(entry & MostBits);
            return entry != 0 ? (int)(entry >> LengthBits) : FindLong(window, out length);
        }
    }

    private int FindLong(ulong window, out int length)
    {
        int code = 0;
        int first = 0;
        int index = 0;
        for (length = 1; length <= MostBits; length++)
        {
            code |= (int)(window & 1);
            window >>= 1;
            int count = _counts[length];
            if (code - first < count)
            {
                return _symbols[index + code - first];
            }

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        length = 0;
        return 0;
    }

    // Codes come with their highest bit first, in bytes that are read from the lowest.
    private void Enter(int code, int length, int symbol)
    {
        if (length > FastBits)
        {
            return;
        }

        int reversed = 0;
        for (int bit = 0; bit < length; bit++)
        {
            reversed |= ((code >> bit) & 1) << (length - 1 - bit);
        }

        for (; reversed < 1 << FastBits; reversed += 1 << length)
        {
            _fast[reversed] = (ushort)((symbol << LengthBits) | length);
        }
    }
}
