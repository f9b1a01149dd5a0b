using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// What LZMA has learned so far: a probability for every kind of bit in every context, in tables whose sizes are powers of two, so that
/// a masked index needs no check. The rest of the decoder's memory, the latest distances and the chunk, lies beside them.
/// </summary>
/// <remarks>Source: the LZMA specification in the LZMA SDK (public domain).</remarks>
internal struct LzmaModel
{
    internal const uint PositionStates = 16;
    internal const uint LengthStates = 4;
    internal const uint ShortestMatch = 2;
    internal const ushort Even = 1024;

    private const int MoveBits = 5;
    private const uint FirstMatchState = 7;
    private const uint MostLiteralBits = 4;

    /// <summary>By state and position state.</summary>
    internal Fixed256<ushort> IsMatch;
    internal Fixed256<ushort> IsLongRepeat;

    /// <summary>By state.</summary>
    internal Fixed16<ushort> IsRepeat;
    internal Fixed16<ushort> IsSecond;
    internal Fixed16<ushort> IsThird;
    internal Fixed16<ushort> IsFourth;

    /// <summary>Trees: 6 bits for each of four lengths, then the low bits of a distance.</summary>
    internal Fixed8<Fixed256<ushort>> Slots;
    internal Fixed128<ushort> Special;
    internal Fixed256<ushort> Align;

    internal LzmaLengths MatchLengths;
    internal LzmaLengths RepeatLengths;
    internal Fixed16<LzmaLiteralTrees> Literals;

    /// <summary>The least distance of each slot, less one. Filled by <see cref="Configure"/>, as is what follows.</summary>
    internal Fixed64<uint> SlotStarts;

    /// <summary>The state after a literal.</summary>
    internal Fixed16<uint> AfterLiteral;

    /// <summary>Four bits in the other order.</summary>
    internal Fixed16<uint> Reversed;
    internal uint State;
    internal uint Distance0;
    internal uint Distance1;
    internal uint Distance2;
    internal uint Distance3;

    /// <summary>How many contexts the byte before makes, a power of two, and the bits of the position that choose among as many of those.</summary>
    internal uint Contexts;
    internal uint LiteralMask;
    internal uint PositionMask;

    /// <summary>What a probability becomes after a bit that was zero, and after one that was not.</summary>
    internal Fixed2048<ushort> AfterZero;
    internal Fixed2048<ushort> AfterOne;

    /// <summary>The chunk that is being decoded.</summary>
    internal Fixed65536<byte> Input;

    /// <summary>Takes the three parameters from their byte. False: out of range.</summary>
    internal bool Configure(byte properties)
    {
        uint context = properties % 9u;
        uint literalPosition = properties / 9u % 5;
        uint position = properties / 45u;
        if (position > 4 || context + literalPosition > MostLiteralBits)
        {
            return false;
        }

        Contexts = 1u << (int)context;
        LiteralMask = (1u << (int)literalPosition) - 1;
        PositionMask = (1u << (int)position) - 1;
        for (int slot = 0; slot < Fixed64<uint>.Length; slot++)
        {
            SlotStarts[slot] = slot < 4 ? (uint)slot : (2u | ((uint)slot & 1)) << ((slot >> 1) - 1);
        }

        for (int index = 0; index < Fixed16<uint>.Length; index++)
        {
            uint value = (uint)index;
            AfterLiteral[index] = value < 4 ? 0 : value < FirstMatchState + 3 ? value - 3 : value - 6;
            Reversed[index] = ((value & 1) << 3) | ((value & 2) << 1) | ((value & 4) >> 1) | (value >> 3);
        }

        for (int value = 0; value < Fixed2048<ushort>.Length; value++)
        {
            AfterZero[value] = (ushort)(value + ((Fixed2048<ushort>.Length - value) >> MoveBits));
            AfterOne[value] = (ushort)(value - (value >> MoveBits));
        }

        Reset();
        return true;
    }

    /// <summary>Forgets everything but the parameters.</summary>
    internal void Reset()
    {
        State = 0;
        Distance0 = 0;
        Distance1 = 0;
        Distance2 = 0;
        Distance3 = 0;
        IsMatch.Span.Fill(Even);
        IsLongRepeat.Span.Fill(Even);
        IsRepeat.Span.Fill(Even);
        IsSecond.Span.Fill(Even);
        IsThird.Span.Fill(Even);
        IsFourth.Span.Fill(Even);
        Special.Span.Fill(Even);
        Align.Span.Fill(Even);
        MatchLengths.Reset();
        RepeatLengths.Reset();
        foreach (ref Fixed256<ushort> tree in Slots.Span)
        {
            tree.Span.Fill(Even);
        }

        foreach (ref LzmaLiteralTrees trees in Literals.Span)
        {
            trees.Plain.Span.Fill(Even);
            trees.Apart.Span.Fill(Even);
        }
    }
}
