using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>
/// The page tables that a guest starts on: they map the regions of its start-of-day layout, themselves read-only.
/// </summary>
internal readonly ref struct StartTables
{
    private const ulong IndexMask = 511;

    private readonly ref GuestPages _pages;
    private readonly ref StartLayout _layout;
    private readonly ref Domain _domain;
    private readonly DomainId _owner;

    internal StartTables(ref GuestPages pages, ref StartLayout layout, ref Domain domain)
    {
        _pages = ref pages;
        _layout = ref layout;
        _domain = ref domain;
        _owner = domain.Id;
    }

    /// <summary>Makes and fills them. Any error is that of the frame which refused.</summary>
    internal Result Build()
    {
        Result made = Create<L4Table>(_layout.Tables, 1);
        made = made.Try(out _) ? Build(in _layout.Kernel) : made;
        made = made.Try(out _) && _layout.HasListRegion ? Build(in _layout.List) : made;
        return made.Try(out _) ? PinRoot() : made;
    }

    private Result Build(scoped in StartRegion region)
    {
        Result made = Create<L3Table>(region.FirstTableAt(3), region.TablesAt(3));
        made = made.Try(out _) ? Create<L2Table>(region.FirstTableAt(2), region.TablesAt(2)) : made;
        made = made.Try(out _) ? Create<L1Table>(region.FirstTableAt(1), region.TablesAt(1)) : made;
        made = made.Try(out _) ? Link<L4Table, L3Table>(in region) : made;
        made = made.Try(out _) ? Link<L3Table, L2Table>(in region) : made;
        made = made.Try(out _) ? Link<L2Table, L1Table>(in region) : made;
        for (ulong page = region.First; made.Try(out _) && page < region.First + region.Pages; page++)
        {
            made = MapPages(in region, ref page);
        }

        return made;
    }

    /// <summary>The guest finds its first root pinned, and unpins it when it has another.</summary>
    private Result PinRoot()
    {
        using Locked<DomainRank> held = _domain.Lock.Enter(NoLocks.Held);
        GuestPaging visit = new(held, ref _domain.Memory, _owner);
        Result pinned = visit.Pin(_pages.FrameOf(_layout.Tables), L4Table.Level);
        visit.Dispose();
        return pinned;
    }

    private Result Create<TTable>(ulong first, ulong count)
        where TTable : struct, IPageTable
    {
        using Locked<DomainRank> held = _domain.Lock.Enter(NoLocks.Held);
        for (ulong page = first; page < first + count; page++)
        {
            if (!GuestTables.Create(held, _pages.FrameOf(page), _owner, out FrameRef<TTable> table).Try(out Errno error))
            {
                return error;
            }

            table.Dispose();
        }

        return Result.Success;
    }

    private Result Link<TTable, TChild>(scoped in StartRegion region)
        where TTable : struct, ITableOf<TChild>
        where TChild : struct, IPageTable
    {
        int shift = PageSize.Shift + (9 * TChild.Level);
        ulong number = region.Base >> shift;
        ulong child = region.FirstTableAt(TChild.Level);
        for (ulong index = 0; index < region.TablesAt(TChild.Level); index++)
        {
            ulong table = TTable.Level == L4Table.Level ? _layout.Tables : region.TableOf(TTable.Level, (number + index) << shift);
            Result linked = LinkOne<TTable, TChild>(table, (int)((number + index) & IndexMask), child + index);
            if (!linked.Try(out _))
            {
                return linked;
            }
        }

        return Result.Success;
    }

    private Result LinkOne<TTable, TChild>(ulong table, int index, ulong child)
        where TTable : struct, ITableOf<TChild>
        where TChild : struct, IPageTable
    {
        if (!FrameRef<TTable>.Hold(_pages.FrameOf(table), _owner, out FrameRef<TTable> upper).Try(out Errno noUpper))
        {
            return noUpper;
        }

        Result linked = FrameRef<TChild>.Hold(_pages.FrameOf(child), _owner, out FrameRef<TChild> lower);
        if (linked.Try(out _))
        {
            linked = GuestTables.Link(in upper, index, in lower);
            lower.Dispose();
        }

        upper.Dispose();
        return linked;
    }

    // All that one table maps, from a page on; the last of them is left in it.
    private Result MapPages(scoped in StartRegion region, ref ulong page)
    {
        ulong address = region.AddressOf(page);
        if (!FrameRef<L1Table>.Hold(_pages.FrameOf(region.TableOf(1, address)), _owner, out FrameRef<L1Table> l1).Try(out Errno noTable))
        {
            return noTable;
        }

        int index = (int)((address >> PageSize.Shift) & IndexMask);
        FrameRange run = _pages.RunOf(page);
        Result mapped = MapOne(in l1, index, page, run.First);
        while (mapped.Try(out _) && index < (int)IndexMask && page + 1 < region.First + region.Pages)
        {
            page++;
            run = run.Frames > 1 ? new FrameRange(run.First + 1, run.Frames - 1) : _pages.RunOf(page);
            mapped = MapOne(in l1, ++index, page, run.First);
        }

        l1.Dispose();
        return mapped;
    }

    private Result MapOne(scoped in FrameRef<L1Table> table, int index, ulong page, Mfn target)
    {
        bool isTable = page >= _layout.Tables && page - _layout.Tables < _layout.TableCount;
        return isTable ? MapTable(in table, index, target) : MapData(in table, index, target);
    }

    private Result MapTable(scoped in FrameRef<L1Table> table, int index, Mfn target)
    {
        Result mapped = FrameRef<Untyped>.Hold(target, _owner, out FrameRef<Untyped> frame);
        if (mapped.Try(out _))
        {
            mapped = GuestTables.MapReadOnly(in table, index, in frame);
            frame.Dispose();
        }

        return mapped;
    }

    private Result MapData(scoped in FrameRef<L1Table> table, int index, Mfn target)
    {
        Result mapped = FrameRef<Writable>.Hold(target, _owner, out FrameRef<Writable> frame);
        if (mapped.Try(out _))
        {
            mapped = GuestTables.Map(in table, index, in frame);
            frame.Dispose();
        }

        return mapped;
    }
}
