using System;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// The second half of a packed block of zstd: how many literals are copied, then how many bytes from how far back. Every turn writes at
/// least three bytes, so the room bounds the time.
/// </summary>
/// <remarks>Source: RFC 8878, 3.1.1.3.2 to 3.1.1.5.</remarks>
internal static class ZstdSequences
{
    private const int Usual = 0;
    private const int Single = 1;
    private const int Described = 2;
    private const int LiteralsBits = 9;
    private const int MatchBits = 9;
    private const int DistanceBits = 8;

    /// <summary>Puts literals and matches into the window. False: the block makes no sense.</summary>
    internal static bool Unpack(ref ZstdModel model, ReadOnlySpan<byte> block, ReadOnlySpan<byte> literals, Span<byte> window, ref int position)
    {
        if (!TakeCount(ref block, out int count))
        {
            return false;
        }

        if (count == 0)
        {
            return block.IsEmpty && CopyRest(literals, window, ref position);
        }

        if (block.IsEmpty || (block[0] & 3) != 0)
        {
            return false;
        }

        int kinds = block[0];
        block = block.Slice(1);
        bool hasCodes = TakeCode(ref model.LiteralsLengths, kinds >> 6, ref block, ZstdModel.UsualLiterals, 6, LiteralsBits, ZstdModel.LastLiteralsCode)
            && TakeCode(ref model.Distances, (kinds >> 4) & 3, ref block, ZstdModel.UsualDistances, 5, DistanceBits, ZstdModel.LastDistanceCode)
            && TakeCode(ref model.MatchLengths, (kinds >> 2) & 3, ref block, ZstdModel.UsualMatches, 6, MatchBits, ZstdModel.LastMatchCode);
        return hasCodes && ZstdBits.TryOpen(block, out ZstdBits bits) && Decode(ref model, ref bits, count, ref literals, window, ref position)
            && CopyRest(literals, window, ref position);
    }

    private static bool TakeCount(ref ReadOnlySpan<byte> block, out int count)
    {
        count = 0;
        if (block.IsEmpty)
        {
            return false;
        }

        int first = block[0];
        int bytes = first < 128 ? 1 : first < 255 ? 2 : 3;
        if (block.Length < bytes)
        {
            return false;
        }

        count = bytes == 1 ? first : bytes == 2 ? ((first - 128) << 8) + block[1] : block[1] + (block[2] << 8) + 0x7f00;
        block = block.Slice(bytes);
        return true;
    }

    private static bool TakeCode(
        ref ZstdCode code, int kind, ref ReadOnlySpan<byte> block, ReadOnlySpan<byte> usual, int usualBits, int mostBits, int last)
    {
        int used = 0;
        switch (kind)
        {
            case Usual:
                ZstdModel.SetUsual(ref code, usual, usualBits);
                break;
            case Single:
                if (block.IsEmpty || block[0] > last)
                {
                    return false;
                }

                code.SetSingle(block[0]);
                used = 1;
                break;
            case Described:
                if (!code.Read(block, mostBits, last, out used) || used > block.Length)
                {
                    return false;
                }

                break;
            default:
                break;              // the one before, if there was one
        }

        block = block.Slice(used);
        return code.Exists;
    }

    private static bool Decode(
        ref ZstdModel model, ref ZstdBits outer, int count, ref ReadOnlySpan<byte> literals, Span<byte> window, ref int position)
    {
        ZstdBits bits = outer;
        uint literalsState = bits.Take(model.LiteralsLengths.Bits);
        uint distanceState = bits.Take(model.Distances.Bits);
        uint matchState = bits.Take(model.MatchLengths.Bits);
        while (count > 0)
        {
            ZstdState forLiterals = model.LiteralsLengths.At(literalsState);
            ZstdState forMatch = model.MatchLengths.At(matchState);
            ZstdState forDistance = model.Distances.At(distanceState);
            ulong told = (1UL << forDistance.Symbol) + bits.Take(forDistance.Symbol);
            uint match = model.MatchStarts.Wrapped(forMatch.Symbol) + bits.Take(ZstdModel.MatchExtra[forMatch.Symbol]);
            uint plain = model.LiteralsStarts.Wrapped(forLiterals.Symbol) + bits.Take(ZstdModel.LiteralsExtra[forLiterals.Symbol]);
            uint distance = DistanceOf(ref model, told, plain == 0);
            if (plain > (uint)literals.Length || plain > (uint)(window.Length - position) || match > (uint)(window.Length - position) - plain)
            {
                return false;
            }

            literals.Slice(0, (int)plain).CopyTo(window.Slice(position));
            literals = literals.Slice((int)plain);
            position += (int)plain;
            if (distance == 0 || distance > (uint)position)
            {
                return false;
            }

            Copies.Repeat(window, position, (int)distance, (int)match);
            position += (int)match;
            if (--count > 0)
            {
                literalsState = ZstdCode.Next(forLiterals, ref bits);
                matchState = ZstdCode.Next(forMatch, ref bits);
                distanceState = ZstdCode.Next(forDistance, ref bits);
            }
        }

        return bits.IsAtEnd;
    }

    /// <summary>The distance that a number means, 0 if none: from 4 on itself, less 3; below one of the latest. It becomes the latest.</summary>
    private static uint DistanceOf(ref ZstdModel model, ulong told, bool hasNoLiterals)
    {
        if (told > 3)
        {
            model.Distance2 = model.Distance1;
            model.Distance1 = model.Distance0;
            model.Distance0 = (uint)Math.Min(told - 3, uint.MaxValue);
            return model.Distance0;
        }

        uint which = (uint)told + (hasNoLiterals ? 1u : 0);
        if (which == 1)
        {
            return model.Distance0;
        }

        uint distance = which == 2 ? model.Distance1 : which == 3 ? model.Distance2 : model.Distance0 - Math.Min(model.Distance0, 1);
        model.Distance2 = which == 2 ? model.Distance2 : model.Distance1;
        model.Distance1 = model.Distance0;
        model.Distance0 = distance;
        return distance;
    }

    private static bool CopyRest(ReadOnlySpan<byte> literals, Span<byte> window, ref int position)
    {
        if (literals.Length > window.Length - position)
        {
            return false;
        }

        literals.CopyTo(window.Slice(position));
        position += literals.Length;
        return true;
    }
}
