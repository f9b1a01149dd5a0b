using System;
using System.Runtime.CompilerServices;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// One chunk of LZMA: literals, matches and repeats, straight into the destination, which is also the dictionary. Every turn writes at
/// least one byte, so the chunk's size bounds the time. All of it is inlined into one loop, whose state lies in registers; trees are
/// walked without loops, and no shift is by a variable amount, because that would take a register of its own.
/// </summary>
/// <remarks>Source: the LZMA specification in the LZMA SDK (public domain).</remarks>
internal static class LzmaDecoder
{
    private const uint FirstMatchState = 7;
    private const uint FirstDirectSlot = 14;
    private const uint AlignBits = 4;
    private const uint Nothing = uint.MaxValue;

    /// <summary>Decodes until the window is full. False: the data makes no sense.</summary>
    /// <param name="model">What was learned before, and the chunk.</param>
    /// <param name="input">Bytes of the chunk.</param>
    /// <param name="window">From the last reset of the dictionary to the end of the chunk.</param>
    /// <param name="position">Where the chunk's bytes begin in it.</param>
    internal static bool Decode(ref LzmaModel model, int input, Span<byte> window, int position)
    {
        if (!RangeDecoder.TryStart(ref model, out RangeDecoder started))
        {
            return false;
        }

        unchecked
        {
            RangeDecoder coder = started;
            uint state = model.State;
            uint before = position == 0 ? 0u : window[position - 1];
            while ((uint)position < (uint)window.Length)
            {
                uint positionState = (uint)position & model.PositionMask;
                if (!coder.IsSet(ref model, ref model.IsMatch.Wrapped((state * LzmaModel.PositionStates) + positionState)))
                {
                    ref LzmaLiteralTrees trees = ref Trees(ref model, (uint)position, before);
                    uint expected = state < FirstMatchState ? Nothing : window[position - 1 - (int)model.Distance0];
                    before = Literal(ref coder, ref model, ref trees, expected);
                    window[position] = (byte)before;
                    state = model.AfterLiteral.Wrapped(state);
                    position++;
                    continue;
                }

                uint length = Match(ref coder, ref model, ref state, positionState);
                if (!Copies.TryRepeat(window, position, model.Distance0, length))
                {
                    return false;
                }

                position += (int)length;
                before = window[position - 1];
            }

            model.State = state;
            coder.Normalize(ref model);
            return coder.IsDone(input);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref LzmaLiteralTrees Trees(ref LzmaModel model, uint position, uint before) =>
        ref model.Literals.Wrapped(unchecked(((position & model.LiteralMask) * model.Contexts) + ((before * model.Contexts) >> 8)));

    // After a match the next byte is likely not the one that would have continued it: its bits choose the tree as long as they agree.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Literal(ref RangeDecoder coder, ref LzmaModel model, ref LzmaLiteralTrees trees, uint expected)
    {
        unchecked
        {
            uint node = 1;
            if (expected == Nothing)
            {
                goto Eight;
            }

            if (Strays(ref coder, ref model, ref trees.Apart, expected << 1, ref node))
            {
                goto Seven;
            }

            if (Strays(ref coder, ref model, ref trees.Apart, expected << 2, ref node))
            {
                goto Six;
            }

            if (Strays(ref coder, ref model, ref trees.Apart, expected << 3, ref node))
            {
                goto Five;
            }

            if (Strays(ref coder, ref model, ref trees.Apart, expected << 4, ref node))
            {
                goto Four;
            }

            if (Strays(ref coder, ref model, ref trees.Apart, expected << 5, ref node))
            {
                goto Three;
            }

            if (Strays(ref coder, ref model, ref trees.Apart, expected << 6, ref node))
            {
                goto Two;
            }

            if (Strays(ref coder, ref model, ref trees.Apart, expected << 7, ref node))
            {
                goto One;
            }

            _ = Strays(ref coder, ref model, ref trees.Apart, expected << 8, ref node);
            return (byte)node;
        Eight:
            coder.Descend(ref model, ref trees.Plain, ref node);
        Seven:
            coder.Descend(ref model, ref trees.Plain, ref node);
        Six:
            coder.Descend(ref model, ref trees.Plain, ref node);
        Five:
            coder.Descend(ref model, ref trees.Plain, ref node);
        Four:
            coder.Descend(ref model, ref trees.Plain, ref node);
        Three:
            coder.Descend(ref model, ref trees.Plain, ref node);
        Two:
            coder.Descend(ref model, ref trees.Plain, ref node);
        One:
            coder.Descend(ref model, ref trees.Plain, ref node);
            return (byte)node;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Strays(ref RangeDecoder coder, ref LzmaModel model, ref Fixed512<ushort> tree, uint expected, ref uint node)
    {
        uint bit = expected & 0x100;
        return coder.Strays(ref model, ref tree.Wrapped(unchecked(bit + node)), bit, ref node);
    }

    /// <summary>The length of a match or repeat; its distance, less one, becomes the model's first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Match(ref RangeDecoder coder, ref LzmaModel model, ref uint state, uint positionState)
    {
        unchecked
        {
            uint before = state;
            state = before < FirstMatchState ? 7u : 10u;
            ref LzmaLengths lengths = ref model.MatchLengths;
            bool isRepeat = coder.IsSet(ref model, ref model.IsRepeat.Wrapped(before));
            if (isRepeat)
            {
                if (Repeat(ref coder, ref model, before, positionState))
                {
                    state = before < FirstMatchState ? 9u : 11u;
                    return 1;
                }

                state = before < FirstMatchState ? 8u : 11u;
                lengths = ref model.RepeatLengths;
            }

            uint length = Length(ref coder, ref model, ref lengths, positionState);
            if (!isRepeat)
            {
                model.Distance3 = model.Distance2;
                model.Distance2 = model.Distance1;
                model.Distance1 = model.Distance0;
                model.Distance0 = Distance(ref coder, ref model, length);
            }

            return length;
        }
    }

    /// <summary>Which of the four latest distances is meant; it becomes the first. True: for a single byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Repeat(ref RangeDecoder coder, ref LzmaModel model, uint state, uint positionState)
    {
        unchecked
        {
            if (!coder.IsSet(ref model, ref model.IsSecond.Wrapped(state)))
            {
                return !coder.IsSet(ref model, ref model.IsLongRepeat.Wrapped((state * LzmaModel.PositionStates) + positionState));
            }

            uint distance = model.Distance1;
            if (coder.IsSet(ref model, ref model.IsThird.Wrapped(state)))
            {
                distance = model.Distance2;
                if (coder.IsSet(ref model, ref model.IsFourth.Wrapped(state)))
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
    private static uint Length(ref RangeDecoder coder, ref LzmaModel model, ref LzmaLengths lengths, uint positionState)
    {
        unchecked
        {
            ref Fixed256<ushort> tree = ref lengths.Low.Wrapped(positionState);
            uint first = LzmaModel.ShortestMatch - 8;
            uint node = 1;
            if (coder.IsSet(ref model, ref lengths.Choices.Wrapped(0)))
            {
                if (coder.IsSet(ref model, ref lengths.Choices.Wrapped(1)))
                {
                    do
                    {
                        coder.Descend(ref model, ref lengths.High, ref node);
                    }
                    while (node < 256);
                    return LzmaModel.ShortestMatch + 16 + node - 256;
                }

                tree = ref lengths.Middle.Wrapped(positionState);
                first += 8;
            }

            coder.Descend(ref model, ref tree, ref node);
            coder.Descend(ref model, ref tree, ref node);
            coder.Descend(ref model, ref tree, ref node);
            return first + node;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Distance(ref RangeDecoder coder, ref LzmaModel model, uint length)
    {
        unchecked
        {
            ref Fixed256<ushort> slots = ref model.Slots.Wrapped(Math.Min(length - LzmaModel.ShortestMatch, LzmaModel.LengthStates - 1));
            uint slot = 1;
            coder.Descend(ref model, ref slots, ref slot);
            coder.Descend(ref model, ref slots, ref slot);
            coder.Descend(ref model, ref slots, ref slot);
            coder.Descend(ref model, ref slots, ref slot);
            coder.Descend(ref model, ref slots, ref slot);
            coder.Descend(ref model, ref slots, ref slot);
            slot -= 64;
            uint distance = model.SlotStarts.Wrapped(slot);
            return slot >= FirstDirectSlot ? distance + Far(ref coder, ref model, (slot >> 1) - 1 - AlignBits)
                : slot < 4 ? distance : distance + Near(ref coder, ref model, distance - slot, (slot >> 1) - 1);
        }
    }

    /// <summary>The rest of a long distance: bits of equal chance, then four others, the lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Far(ref RangeDecoder coder, ref LzmaModel model, uint bits)
    {
        unchecked
        {
            uint distance = coder.Direct(ref model, bits) << (int)AlignBits;
            uint node = 1;
            coder.Descend(ref model, ref model.Align, ref node);
            coder.Descend(ref model, ref model.Align, ref node);
            coder.Descend(ref model, ref model.Align, ref node);
            coder.Descend(ref model, ref model.Align, ref node);
            return distance + model.Reversed.Wrapped(node);
        }
    }

    /// <summary>The rest of a short distance, the lowest bit first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Near(ref RangeDecoder coder, ref LzmaModel model, uint tree, uint bits)
    {
        unchecked
        {
            uint distance = 0;
            uint node = 1;
            uint weight = 1;
            do
            {
                if (coder.IsSet(ref model, ref model.Special.Wrapped(tree + node)))
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
            while (--bits != 0);
            return distance;
        }
    }
}
