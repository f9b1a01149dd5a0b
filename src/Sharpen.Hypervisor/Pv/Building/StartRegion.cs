using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>A run of a domain's pages, the linear addresses that they appear at, and the tables below the root which make it so.</summary>
/// <remarks>The tables follow each other: those of level 3 first, then of level 2, then of level 1.</remarks>
internal readonly struct StartRegion
{
    private const int IndexBits = 9;
    private const int RootLevel = 4;

    /// <summary>The linear address of the first page.</summary>
    internal ulong Base { get; init; }

    /// <summary>The first page.</summary>
    internal ulong First { get; init; }

    /// <summary>How many pages.</summary>
    internal ulong Pages { get; init; }

    /// <summary>The page of the first table.</summary>
    internal ulong Tables { get; init; }

    /// <summary>How many tables there are.</summary>
    internal ulong TableCount => TablesAt(3) + TablesAt(2) + TablesAt(1);

    /// <summary>The linear address of one of the pages.</summary>
    internal ulong AddressOf(ulong page) => unchecked(Base + ((page - First) << PageSize.Shift));

    /// <summary>How many tables of a level it needs.</summary>
    internal ulong TablesAt(int level)
    {
        int shift = IndexBits * level;
        ulong first = Base >> PageSize.Shift >> shift;
        ulong last = unchecked(Base + (Pages << PageSize.Shift) - 1) >> PageSize.Shift >> shift;
        return last - first + 1;
    }

    /// <summary>The page of the first table of a level below the root's.</summary>
    internal ulong FirstTableAt(int level)
    {
        ulong page = Tables;
        for (int above = RootLevel - 1; above > level; above--)
        {
            page += TablesAt(above);
        }

        return page;
    }

    /// <summary>The page of the table of a level that an address lies below.</summary>
    internal ulong TableOf(int level, ulong address)
    {
        int shift = PageSize.Shift + (IndexBits * level);
        return FirstTableAt(level) + ((address >> shift) - (Base >> shift));
    }

    /// <summary>The indices in the root that it uses do not meet those of another.</summary>
    internal bool SharesNoRootEntryWith(in StartRegion other)
    {
        int shift = PageSize.Shift + (IndexBits * (RootLevel - 1));
        ulong first = Base >> shift;
        ulong otherFirst = other.Base >> shift;
        return first + TablesAt(RootLevel - 1) <= otherFirst || otherFirst + other.TablesAt(RootLevel - 1) <= first;
    }
}
