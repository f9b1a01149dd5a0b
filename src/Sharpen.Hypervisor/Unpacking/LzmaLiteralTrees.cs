using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The probabilities of one context's literals: a tree of eight bits, and two more for those that stand where a match ended.</summary>
internal struct LzmaLiteralTrees
{
    internal Fixed256<ushort> Plain;

    /// <summary>The tree for a clear bit of the byte that would have continued the match, then the one for a set bit.</summary>
    internal Fixed512<ushort> Apart;
}
