namespace Sharpen.Machine.Pools;

/// <summary>What stands before each object of a pool.</summary>
internal struct Slot
{
    /// <summary>While free: when it may be reused.</summary>
    internal ulong Epoch;

    /// <summary>While free: the next free slot of the slab plus one, or 0. While in use: how many keep its place.</summary>
    internal int NextOrKept;

    /// <summary>1 while somebody has it.</summary>
    internal int IsLive;
}
