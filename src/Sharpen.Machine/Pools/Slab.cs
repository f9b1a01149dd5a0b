namespace Sharpen.Machine.Pools;

/// <summary>The head of a block of frames that holds objects of one pool.</summary>
internal struct Slab
{
    /// <summary>Objects in use.</summary>
    internal int Live;

    /// <summary>The slot that was freed first, plus one, or 0: reuse goes in the order of freeing.</summary>
    internal int FirstFree;

    /// <summary>The slot that was freed last, plus one, or 0.</summary>
    internal int LastFree;

    /// <summary>Slots from this one on have never been used.</summary>
    internal int Fresh;

    /// <summary>Once taken out of the directory: when it may go back.</summary>
    internal ulong Epoch;

    /// <summary>Address of the next slab that waits to go back, or 0.</summary>
    internal ulong NextRetired;
}
