using System;
using System.Runtime.CompilerServices;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// One chunk of LZMA: literals, matches and repeats, straight into the destination, which is also the dictionary. Every turn writes at
/// least one byte, so the chunk's size bounds the time. All of it is inlined into one loop, whose state lies in registers; no shift is
/// by a variable amount, because that would take a register of its own.
/// </summary>
/// <remarks>Source: the LZMA specification in the LZMA SDK (public domain).</remarks>
internal static class LzmaDecoder
{
    private const uint FirstMatchState = 7;
    private const uint FirstDirectSlot = 14;
    private const int AlignBits = 4;

    /// <summary>Decodes until the window is full. False: the data makes no sense.</summary>
    /// <param name="model">What was learned before.</param>
    /// <param name="packed">The chunk, and at least a byte that follows it.</param>
    /// <param name="input">Bytes of the chunk.</param>
    /// <param name="window">From the last reset of the dictionary to the end of the chunk.</param>
    /// <param name="position">Where the chunk's bytes begin in it.</param>
    internal static bool Decode(ref LzmaModel model, ReadOnlySpan<byte> packed, int input, Span<byte> window, int position)
    {
        int after = packed.Length - input;
        if (!RangeDecoder.TryStart(ref packed, out RangeDecoder started))
        {
            return false;
        }

        unchecked
        {
            RangeDecoder coder = started;
            ReadOnlySpan<byte> rest = packed;
            uint state = model.State;
            while ((uint)position < (uint)window.Length)
            {
                uint positionState = (uint)position & model.PositionMask;
                if (!coder.IsSet(ref rest, ref model.Probabilities.Wrapped(LzmaModel.IsMatch + (state * LzmaModel.PositionStates) + positionState)))
                {
                    ref LzmaLiteralTrees trees = ref Trees(ref model, (uint)position, position == 0 ? 0u : window[position - 1]);
                    if (state < FirstMatchState)
                    {
                        window[position] = Literal(ref coder, ref rest, ref trees);
                        state = state < 4 ? 0 : state - 3;
                    }
                    else
                    {
                        window[position] = Apart(ref coder, ref rest, ref trees, window[position - 1 - (int)model.Distance0]);
                        state = state < 10 ? state - 3 : state - 6;
                    }

                    position++;
                    continue;
                }

                uint length = Match(ref coder, ref rest, ref model, ref state, positionState);
                uint distance = model.Distance0;
                if (distance >= (uint)position || length > (uint)(window.Length - position))
                {
                    return false;
                }

                Copies.Repeat(window, position, (int)distance + 1, (int)length);
                position += (int)length;
            }

            model.State = state;
            coder.Normalize(ref rest);
            return coder.IsEmpty && rest.Length == after;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref LzmaLiteralTrees Trees(ref LzmaModel model, uint position, uint before) =>
        ref model.Literals.Wrapped(unchecked(((position & model.LiteralMask) * model.Contexts) + ((before * model.Contexts) >> 8)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Literal(ref RangeDecoder coder, ref ReadOnlySpan<byte> rest, ref LzmaLiteralTrees trees)
    {
        uint node = 1;
        coder.Descend(ref rest, ref trees.Plain.Wrapped(1), ref node);
        coder.Descend(ref rest, ref trees.Plain.Wrapped(node), ref node);
        coder.Descend(ref rest, ref trees.Plain.Wrapped(node), ref node);
        coder.Descend(ref rest, ref trees.Plain.Wrapped(node), ref node);
        coder.Descend(ref rest, ref trees.Plain.Wrapped(node), ref node);
        coder.Descend(ref rest, ref trees.Plain.Wrapped(node), ref node);
        coder.Descend(ref rest, ref trees.Plain.Wrapped(node), ref node);
        coder.Descend(ref rest, ref trees.Plain.Wrapped(node), ref node);
        return unchecked((byte)node);
    }

    // After a match the next byte is likely not the one that would have continued it: its bits choose the tree as long as they agree.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Apart(ref RangeDecoder coder, ref ReadOnlySpan<byte> rest, ref LzmaLiteralTrees trees, uint expected)
    {
        unchecked
        {
            uint node = 1;
            do
            {
                expected <<= 1;
                uint bit = expected & 0x100;
                if (coder.IsSet(ref rest, ref trees.Apart.Wrapped(bit + node)))
                {
                    node = (node << 1) + 1;
                    if (bit == 0)
                    {
                        break;
                    }
                }
                else
                {
                    node <<= 1;
                    if (bit != 0)
                    {
                        break;
                    }
                }
            }
            while (node < 0x100);
            while (node < 0x100)
            {
                coder.Descend(ref rest, ref trees.Plain.Wrapped(node), ref node);
            }

            return (byte)node;
        }
    }

    /// <summary>The length of a match or repeat; its distance, less one, becomes the model's first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Match(ref RangeDecoder coder, ref ReadOnlySpan<byte> rest, ref LzmaModel model, ref uint state, uint positionState)
    {
        unchecked
        {
            if (coder.IsSet(ref rest, ref model.Probabilities.Wrapped(LzmaModel.IsRepeat + state)))
            {
                if (Repeat(ref coder, ref rest, ref model, state, positionState))
                {
                    state = state < FirstMatchState ? 9u : 11u;
                    return 1;
                }

                state = state < FirstMatchState ? 8u : 11u;
                return Length(ref coder, ref rest, ref model, LzmaModel.RepeatLength, positionState);
            }

            state = state < FirstMatchState ? 7u : 10u;
            uint length = Length(ref coder, ref rest, ref model, LzmaModel.MatchLength, positionState);
            model.Distance3 = model.Distance2;
            model.Distance2 = model.Distance1;
            model.Distance1 = model.Distance0;
            model.Distance0 = Distance(ref coder, ref rest, ref model, length);
            return length;
        }
    }

    /// <summary>Which of the four latest distances is meant; it becomes the first. True: for a single byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Repeat(ref RangeDecoder coder, ref ReadOnlySpan<byte> rest, ref LzmaModel model, uint state, uint positionState)
    {
        unchecked
        {
            if (!coder.IsSet(ref rest, ref model.Probabilities.Wrapped(LzmaModel.IsSecond + state)))
            {
                uint place = LzmaModel.IsLongRepeat + (state * LzmaModel.PositionStates) + positionState;
                return !coder.IsSet(ref rest, ref model.Probabilities.Wrapped(place));
            }

            uint distance = model.Distance1;
            if (coder.IsSet(ref rest, ref model.Probabilities.Wrapped(LzmaModel.IsThird + state)))
            {
                distance = model.Distance2;
                if (coder.IsSet(ref rest, ref model.Probabilities.Wrapped(LzmaModel.IsFourth + state)))
                {
                    distance = model.Distance3;
                    model.Distance3 = model.Distance2;
                }

                model.Distance2 = model.Distance1;
            }

            model.Distance1 = model.Distance0;
            model.Distance0 = distance;
            return false;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Length(ref RangeDecoder coder, ref ReadOnlySpan<byte> rest, ref LzmaModel model, uint lengths, uint positionState)
    {
        unchecked
        {
            uint tree = lengths + LzmaModel.Low + (positionState << 3);
            uint first = LzmaModel.ShortestMatch - 8;
            uint node = 1;
            if (coder.IsSet(ref rest, ref model.Probabilities.Wrapped(lengths + LzmaModel.Choice)))
            {
                if (coder.IsSet(ref rest, ref model.Probabilities.Wrapped(lengths + LzmaModel.SecondChoice)))
                {
                    do
                    {
                        coder.Descend(ref rest, ref model.Probabilities.Wrapped(lengths + LzmaModel.High + node), ref node);
                    }
                    while (node < 256);
                    return LzmaModel.ShortestMatch + 16 + node - 256;
                }

                tree += LzmaModel.Middle - LzmaModel.Low;
                first += 8;
            }

            coder.Descend(ref rest, ref model.Probabilities.Wrapped(tree + 1), ref node);
            coder.Descend(ref rest, ref model.Probabilities.Wrapped(tree + node), ref node);
            coder.Descend(ref rest, ref model.Probabilities.Wrapped(tree + node), ref node);
            return first + node;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Distance(ref RangeDecoder coder, ref ReadOnlySpan<byte> rest, ref LzmaModel model, uint length)
    {
        unchecked
        {
            uint slots = LzmaModel.Slots + (Math.Min(length - LzmaModel.ShortestMatch, LzmaModel.LengthStates - 1) << 6);
            uint slot = 1;
            do
            {
                coder.Descend(ref rest, ref model.Probabilities.Wrapped(slots + slot), ref slot);
            }
            while (slot < 64);
            slot -= 64;
            uint distance = model.SlotStarts.Wrapped(slot);
            if (slot < 4)
            {
                return distance;
            }

            uint tree = LzmaModel.Special + distance - slot;
            uint end = (slot >> 1) - 1;
            if (slot >= FirstDirectSlot)
            {
                distance += coder.Direct(ref rest, (int)end - AlignBits) << AlignBits;
                tree = LzmaModel.Align;
                end = AlignBits;
            }

            uint node = 1;
            uint weight = 1;
            for (; end > 0; end--)
            {
                if (coder.IsSet(ref rest, ref model.Probabilities.Wrapped(tree + node)))
                {
                    distance += weight;
                    node = (node << 1) + 1;
                }
                else
                {
                    node <<= 1;
                }

                weight <<= 1;
            }

            return distance;
        }
    }
}
