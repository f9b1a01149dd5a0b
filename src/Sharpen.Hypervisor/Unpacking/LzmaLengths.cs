using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The probabilities of lengths: short ones, middling ones, each by the position's low bits, and long ones.</summary>
internal struct LzmaLengths
{
    /// <summary>Not short; not middling.</summary>
    internal Fixed8<ushort> Choices;
    internal Fixed16<Fixed256<ushort>> Low;
    internal Fixed16<Fixed256<ushort>> Middle;
    internal Fixed256<ushort> High;

    /// <summary>Forgets everything.</summary>
    internal void Reset()
    {
        Choices.Span.Fill(LzmaModel.Even);
        High.Span.Fill(LzmaModel.Even);
        foreach (ref Fixed256<ushort> tree in Low.Span)
        {
            tree.Span.Fill(LzmaModel.Even);
        }

        foreach (ref Fixed256<ushort> tree in Middle.Span)
        {
            tree.Span.Fill(LzmaModel.Even);
        }
    }
}
