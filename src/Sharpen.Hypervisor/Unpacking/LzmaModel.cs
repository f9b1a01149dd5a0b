using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// What LZMA has learned so far: a probability for every kind of bit in every context, in tables whose sizes are powers of two, so that
/// a masked index needs no check. The rest of the decoder's memory, the latest distances, lies beside them.
/// </summary>
/// <remarks>Source: the LZMA specification in the LZMA SDK (public domain).</remarks>
internal struct LzmaModel
{
    internal const uint PositionStates = 16;
    internal const uint LengthStates = 4;
    internal const uint ShortestMatch = 2;

    /// <summary>One value per state and position state.</summary>
    internal const uint IsMatch = 0;
    internal const uint IsLongRepeat = 192;

    /// <summary>One value per state.</summary>
    internal const uint IsRepeat = 384;
    internal const uint IsSecond = 396;
    internal const uint IsThird = 408;
    internal const uint IsFourth = 420;

    /// <summary>Trees: 6 bits for each of four lengths, then the low bits of a distance.</summary>
    internal const uint Slots = 432;
    internal const uint Special = 688;
    internal const uint Align = 816;

    /// <summary>Lengths of matches and of repeats: two choices, then 16 trees of 3 bits, 16 more, and one of 8.</summary>
    internal const uint MatchLength = 832;
    internal const uint RepeatLength = 1376;
    internal const uint Choice = 0;
    internal const uint SecondChoice = 1;
    internal const uint Low = 16;
    internal const uint Middle = 144;
    internal const uint High = 272;

    private const ushort Even = 1024;
    private const uint MostLiteralBits = 4;

    /// <summary>Of everything but literals, at the places above.</summary>
    internal Fixed2048<ushort> Probabilities;
    internal Fixed16<LzmaLiteralTrees> Literals;

    /// <summary>The least distance of each slot, less one. Filled by <see cref="Configure"/>.</summary>
    internal Fixed64<uint> SlotStarts;
    internal uint State;
    internal uint Distance0;
    internal uint Distance1;
    internal uint Distance2;
    internal uint Distance3;

    /// <summary>How many contexts the byte before makes, a power of two, and the bits of the position that choose among as many of those.</summary>
    internal uint Contexts;
    internal uint LiteralMask;
    internal uint PositionMask;

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
        Probabilities.Span.Fill(Even);
        foreach (ref LzmaLiteralTrees trees in Literals.Span)
        {
            trees.Plain.Span.Fill(Even);
            trees.Apart.Span.Fill(Even);
        }
    }
}
