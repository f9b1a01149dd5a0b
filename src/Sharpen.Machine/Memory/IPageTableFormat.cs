namespace Sharpen.Machine.Memory;

/// <summary>How one kind of page table is encoded. Level 1 holds 4 KiB pages; the root is at <see cref="Levels"/>.</summary>
/// <remarks>Every table is one frame of 512 eight-byte entries. Sources: AMD64 volume 2, chapter 5; the simulated machine has its own.</remarks>
internal interface IPageTableFormat
{
    /// <summary>How many levels of tables there are.</summary>
    static abstract int Levels { get; }

    /// <summary>An entry that translates nothing. Not necessarily zero.</summary>
    static abstract ulong Empty { get; }

    /// <summary>True when an entry of this level can map memory itself.</summary>
    static abstract bool CanMapAt(int level);

    /// <summary>An entry of this level that maps memory.</summary>
    static abstract ulong Leaf(int level, Mfn frame, PageAccess access);

    /// <summary>An entry of this level that leads to the table below; it restricts nothing but <see cref="PageAccess.User"/>.</summary>
    static abstract ulong Table(int level, Mfn table, PageAccess access);

    static abstract bool IsPresent(int level, ulong entry);

    /// <summary>True when the (present) entry maps memory, false when it leads to a table.</summary>
    static abstract bool IsLeaf(int level, ulong entry);

    static abstract Mfn FrameOf(int level, ulong entry);

    static abstract PageAccess AccessOf(int level, ulong entry);
}
