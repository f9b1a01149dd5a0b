using System;
using System.Runtime.CompilerServices;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// One chunk of LZMA: literals, matches and repeats, straight into the destination, which is also the dictionary. Every turn writes at
/// least one byte, so the chunk's size bounds the time.
/// </summary>
/// <remarks>Source: the LZMA specification in the LZMA SDK (public domain).</remarks>
internal static class LzmaDecoder
{
    private const uint FirstMatchState = 7;
    private const int FirstDirectSlot = 14;
    private const int AlignBits = 4;

    /// <summary>Decodes until the window is full. False: the data makes no sense.</summary>
    /// <param name="model">What was learned before.</param>
    /// <param name="input">The chunk.</param>
    /// <param name="window">From the last reset of the dictionary to the end of the chunk.</param>
    /// <param name="position">Where the chunk's bytes begin in it.</param>
    internal static bool Decode(ref LzmaModel model, ReadOnlySpan<byte> input, Span<byte> window, int position)
    {
        if (!RangeDecoder.TryStart(input, out RangeDecoder started))
        {
            return false;
        }

        unchecked
        {
            RangeDecoder coder = started;
            ref Fixed16384<ushort> table = ref model.Probabilities;
            uint state = model.State;
            uint positionMask = model.PositionMask;
            while ((uint)position < (uint)window.Length)
            {
                uint context = (state * LzmaModel.PositionStates) + ((uint)position & positionMask);
                if (!coder.IsSet(ref table, LzmaModel.IsMatch + context))
                {
                    uint before = position == 0 ? 0u : window[position - 1];
                    uint tree = TreeOf(ref model, (uint)position, before);
                    if (state < FirstMatchState)
                    {
                        window[position] = Literal(ref coder, ref table, tree);
                    }
                    else
                    {
                        RangeDecoder aside = coder;
                        window[position] = Apart(ref aside, ref table, tree, window[position - 1 - (int)model.Distance0]);
                        coder = aside;
                    }

                    position++;
                    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
                    continue;
                }

                // The copy may have its address taken, so that the original need not.
                RangeDecoder copy = coder;
                model.State = state;
                uint length = Match(ref copy, ref model, (uint)position);
                coder = copy;
                state = model.State;
                uint distance = model.Distance0;
                if (distance >= (uint)position || length > (uint)(window.Length - position))
                {
                    return false;
                }

                Copies.Repeat(window, position, (int)distance + 1, (int)length);
                position += (int)length;
            }

            model.State = state;
            coder.Normalize();
            return coder.IsAtEnd;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint TreeOf(ref LzmaModel model, uint position, uint before) => unchecked(
        LzmaModel.Literals + (LzmaModel.LiteralTree * (((position & model.LiteralMask) << (int)model.ContextBits) + (before >> (8 - (int)model.ContextBits)))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Literal(ref RangeDecoder coder, ref Fixed16384<ushort> table, uint tree)
    {
        uint node = 1;
        coder.Descend(ref table, tree, ref node);
        coder.Descend(ref table, tree, ref node);
        coder.Descend(ref table, tree, ref node);
        coder.Descend(ref table, tree, ref node);
        coder.Descend(ref table, tree, ref node);
        coder.Descend(ref table, tree, ref node);
        coder.Descend(ref table, tree, ref node);
        coder.Descend(ref table, tree, ref node);
        return unchecked((byte)node);
    }

    // After a match the next byte is likely not the one that would have continued it: its bits choose the tree as long as they agree.
    private static byte Apart(ref RangeDecoder outer, ref Fixed16384<ushort> table, uint tree, uint expected)
    {
        unchecked
        {
            RangeDecoder coder = outer;
            uint node = 1;
            do
            {
                expected <<= 1;
                coder.Descend(ref table, tree + 0x100 + (expected & 0x100), ref node);
            }
            while (node < 0x100 && (((expected >> 8) ^ node) & 1) == 0);
            while (node < 0x100)
            {
                coder.Descend(ref table, tree, ref node);
            }

            outer = coder;
            return (byte)node;
        }
    }

    /// <summary>The length of a match or repeat; its distance, less one, becomes the model's first.</summary>
    private static uint Match(ref RangeDecoder outer, ref LzmaModel model, uint position)
    {
        unchecked
        {
            RangeDecoder coder = outer;
            ref Fixed16384<ushort> table = ref model.Probabilities;
            uint state = model.State;
            uint positionState = position & model.PositionMask;
            uint lengths = LzmaModel.MatchLength;
            bool isRepeat = coder.IsSet(ref table, LzmaModel.IsRepeat + state);
            if (isRepeat)
            {
                RangeDecoder copy = coder;
                bool isSingle = Repeat(ref copy, ref model, positionState);
                coder = copy;
                if (isSingle)
                {
                    model.State = state < FirstMatchState ? 9u : 11u;
                    outer = coder;
                    return 1;
                }

                lengths = LzmaModel.RepeatLength;
            }

            uint length = Length(ref coder, ref table, lengths, positionState);
            model.State = state < FirstMatchState ? 8u : 11u;
            if (!isRepeat)
            {
                model.State = state < FirstMatchState ? 7u : 10u;
                model.Distance3 = model.Distance2;
                model.Distance2 = model.Distance1;
                model.Distance1 = model.Distance0;
                model.Distance0 = Distance(ref coder, ref table, length);
            }

            outer = coder;
            return length;
        }
    }

    /// <summary>Which of the four latest distances is meant; it becomes the first. True: for a single byte.</summary>
    private static bool Repeat(ref RangeDecoder outer, ref LzmaModel model, uint positionState)
    {
        unchecked
        {
            RangeDecoder coder = outer;
            ref Fixed16384<ushort> table = ref model.Probabilities;
            uint state = model.State;
            bool isSingle = false;
            if (!coder.IsSet(ref table, LzmaModel.IsSecond + state))
            {
                isSingle = !coder.IsSet(ref table, LzmaModel.IsLongRepeat + (state * LzmaModel.PositionStates) + positionState);
            }
            else
            {
                uint distance = model.Distance1;
                if (coder.IsSet(ref table, LzmaModel.IsThird + state))
                {
                    distance = model.Distance2;
                    if (coder.IsSet(ref table, LzmaModel.IsFourth + state))
                    {
                        distance = model.Distance3;
                        model.Distance3 = model.Distance2;
                    }

                    model.Distance2 = model.Distance1;
                }

                model.Distance1 = model.Distance0;
                model.Distance0 = distance;
            }

            outer = coder;
            return isSingle;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Length(ref RangeDecoder coder, ref Fixed16384<ushort> table, uint lengths, uint positionState)
    {
        unchecked
        {
            uint tree = lengths + LzmaModel.Low + (positionState << 3);
            uint first = LzmaModel.ShortestMatch;
            uint end = 8;
            if (coder.IsSet(ref table, lengths + LzmaModel.Choice))
            {
                bool isLong = coder.IsSet(ref table, lengths + LzmaModel.SecondChoice);
                tree = isLong ? lengths + LzmaModel.High : lengths + LzmaModel.Middle + (positionState << 3);
                first += isLong ? 16u : 8u;
                end = isLong ? 256u : 8u;
            }

            uint node = 1;
            do
            {
                coder.Descend(ref table, tree, ref node);
            }
            while (node < end);
            return first + node - end;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Distance(ref RangeDecoder coder, ref Fixed16384<ushort> table, uint length)
    {
        unchecked
        {
            uint lengthState = Math.Min(length - LzmaModel.ShortestMatch, LzmaModel.LengthStates - 1);
            uint slot = 1;
            do
            {
                coder.Descend(ref table, LzmaModel.Slots + (lengthState << 6), ref slot);
            }
            while (slot < 64);
            slot -= 64;
            if (slot < 4)
            {
                return slot;
            }

            int bits = (int)(slot >> 1) - 1;
            uint distance = (2 | (slot & 1)) << bits;
            uint tree = LzmaModel.Special + distance - slot;
            if (slot >= FirstDirectSlot)
            {
                distance += coder.Direct(bits - AlignBits) << AlignBits;
                tree = LzmaModel.Align;
                bits = AlignBits;
            }

            uint node = 1;
            for (int bit = 0; bit < bits; bit++)
            {
                uint parent = node;
                coder.Descend(ref table, tree, ref node);
                distance += (node - (parent << 1)) << bit;
            }

            return distance;
        }
    }
}
