using System;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// Deflate: blocks of literals and matches in two Huffman codes, or of plain bytes, straight into the destination. Every turn writes a
/// byte, ends a block or is refused, and every block but the plain ones takes bits, so both ends bound the time.
/// </summary>
/// <remarks>Source: RFC 1951.</remarks>
internal static class Inflate
{
    private const int EndOfBlock = 256;
    private const int LiteralCodes = 288;
    private const int UsedLiteralCodes = 286;
    private const int DistanceCodes = 30;
    private const int LengthCodes = 19;
    private const int MostExtra = 258;

    // In the order of how likely they are needed.
    private static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Unpacks up to the end of the last block.</summary>
    /// <param name="state">Room for the codes.</param>
    /// <param name="packed">The data; what follows it is not looked at.</param>
    /// <param name="destination">Where to; what lies behind the result may be overwritten.</param>
    /// <param name="used">Bytes of the input.</param>
    /// <param name="length">Bytes of the result, also of an incomplete one.</param>
    internal static UnpackFault Unpack(ref UnpackState state, ReadOnlySpan<byte> packed, Span<byte> destination, out int used, out int length)
    {
        BitReader reader = new(packed);
        length = 0;
        bool isLast = false;
        UnpackFault fault = UnpackFault.None;
        while (!isLast && fault == UnpackFault.None)
        {
            reader.Fill();
            isLast = reader.Take(1) != 0;
            fault = reader.Take(2) switch
            {
                0 => CopyPlain(ref reader, destination, ref length),
                1 => Fixed(ref state) ? Decode(ref state, ref reader, destination, ref length) : UnpackFault.BadData,
                2 => Dynamic(ref state, ref reader) ? Decode(ref state, ref reader, destination, ref length) : UnpackFault.BadData,
                _ => UnpackFault.BadData,
            };
            fault = reader.IsBeyond ? UnpackFault.Truncated : fault;
        }

        used = Math.Min(reader.Used, packed.Length);
        return fault;
    }

    private static UnpackFault CopyPlain(ref BitReader reader, Span<byte> destination, ref int length)
    {
        reader.Align();
        reader.Fill();
        int bytes = reader.Take(16);
        if (reader.Take(16) != (bytes ^ 0xffff))
        {
            return UnpackFault.BadData;
        }

        if (bytes > destination.Length - length)
        {
            return UnpackFault.TooLong;
        }

        ReadOnlySpan<byte> plain = reader.TakeBytes(bytes);
        plain.CopyTo(destination.Slice(length));
        length += plain.Length;
        return plain.Length == bytes ? UnpackFault.None : UnpackFault.Truncated;
    }

    private static bool Fixed(ref UnpackState state)
    {
        Span<byte> lengths = state.CodeLengths.Span;
        lengths.Slice(0, 144).Fill(8);
        lengths.Slice(144, 112).Fill(9);
        lengths.Slice(256, 24).Fill(7);
        lengths.Slice(280, 8).Fill(8);
        lengths.Slice(LiteralCodes, 32).Fill(5);
        return state.Literals.Build(lengths.Slice(0, LiteralCodes)) && state.Distances.Build(lengths.Slice(LiteralCodes, 32));
    }

    private static bool Dynamic(ref UnpackState state, ref BitReader reader)
    {
        int literals = reader.Take(5) + 257;
        int distances = reader.Take(5) + 1;
        int count = reader.Take(4) + 4;
        scoped Span<byte> lengths = state.CodeLengths.Span;
        lengths.Clear();
        for (int index = 0; index < count; index++)
        {
            reader.Fill();
            lengths[LengthOrder[index]] = (byte)reader.Take(3);
        }

        if (literals > UsedLiteralCodes || distances > DistanceCodes || !state.Literals.Build(lengths.Slice(0, LengthCodes)))
        {
            return false;
        }

        lengths = lengths.Slice(0, literals + distances);
        return TakeLengths(ref state.Literals, ref reader, lengths) && lengths[EndOfBlock] != 0
            && state.Literals.Build(lengths.Slice(0, literals)) && state.Distances.Build(lengths.Slice(literals));
    }

    // The lengths of both codes, themselves in a code, with repeats.
    private static bool TakeLengths(ref Huffman code, ref BitReader reader, scoped Span<byte> lengths)
    {
        int index = 0;
        while (index < lengths.Length)
        {
            reader.Fill();
            int symbol = code.Find(reader.Window, out int bits);
            reader.Drop(bits);
            if (bits == 0 || (symbol == 16 && index == 0))
            {
                return false;
            }

            int times = symbol switch
            {
                16 => 3 + reader.Take(2),
                17 => 3 + reader.Take(3),
                18 => 11 + reader.Take(7),
                _ => 1,
            };
            byte value = symbol < 16 ? (byte)symbol : symbol == 16 ? lengths[index - 1] : (byte)0;
            if (times > lengths.Length - index)
            {
                return false;
            }

            lengths.Slice(index, times).Fill(value);
            index += times;
        }

        return true;
    }

    private static UnpackFault Decode(ref UnpackState state, ref BitReader outer, Span<byte> destination, ref int length)
    {
        unchecked
        {
            BitReader reader = outer;
            int position = length;
            UnpackFault fault = UnpackFault.None;
            while (fault == UnpackFault.None)
            {
                reader.Fill();
                int symbol = state.Literals.Find(reader.Window, out int bits);
                reader.Drop(bits);
                if (symbol < EndOfBlock && bits != 0)
                {
                    if ((uint)position >= (uint)destination.Length)
                    {
                        fault = UnpackFault.TooLong;
                        break;
                    }

                    destination[position++] = (byte)symbol;
                    continue;
                }

                if (symbol == EndOfBlock || bits == 0)
                {
                    fault = bits == 0 ? UnpackFault.BadData : fault;
                    break;
                }

                BitReader copy = reader;
                fault = Match(ref state.Distances, ref copy, symbol, destination, ref position);
                reader = copy;
            }

            outer = reader;
            length = position;
            return fault;
        }
    }

    private static UnpackFault Match(ref Huffman distances, ref BitReader reader, int symbol, Span<byte> destination, ref int position)
    {
        int extra = symbol is < 265 or 285 ? 0 : (symbol - 261) >> 2;
        int length = symbol < 265 ? symbol - 254 : ((4 + ((symbol - 265) & 3)) << extra) + 3;
        length = symbol == 285 ? MostExtra : length + reader.Take(extra);
        int slot = distances.Find(reader.Window, out int bits);
        reader.Drop(bits);
        if (bits == 0 || slot >= DistanceCodes || symbol > 285)
        {
            return UnpackFault.BadData;
        }

        reader.Fill();
        extra = slot < 4 ? 0 : (slot >> 1) - 1;
        int distance = (slot < 4 ? slot : (2 + (slot & 1)) << extra) + 1 + reader.Take(extra);
        if (distance > position)
        {
            return UnpackFault.BadData;
        }

        if (length > destination.Length - position)
        {
            return UnpackFault.TooLong;
        }

        Copies.Repeat(destination, position, distance, length);
        position += length;
        return UnpackFault.None;
    }
}
