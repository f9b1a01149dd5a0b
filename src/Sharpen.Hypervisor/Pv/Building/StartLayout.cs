using System;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>
/// Where everything lies that a PV kernel finds when it starts: one region of linear addresses from the kernel's base on,
/// mapping the domain's first pages in order. All in pages from that base. Source: "Start-of-day memory layout" in <c>xen.h</c>.
/// </summary>
internal struct StartLayout
{
    private const ulong RegionPages = 1024;
    private const ulong PaddingPages = 128;
    private const ulong MostPages = 1UL << 26;
    private const ulong MfnsPerPage = PageSize.Bytes / sizeof(ulong);

    /// <summary>The linear address of page 0.</summary>
    internal ulong Base;

    /// <summary>First page of the list of frame numbers.</summary>
    internal ulong MfnList;

    /// <summary>Pages of that list.</summary>
    internal ulong MfnListPages;

    /// <summary>The page of <see cref="Abi.StartInfo"/>.</summary>
    internal ulong StartInfo;

    /// <summary>First page table, the root; the others follow.</summary>
    internal ulong Tables;

    /// <summary>How many page tables there are.</summary>
    internal ulong TableCount;

    /// <summary>The page of the first stack.</summary>
    internal ulong Stack;

    /// <summary>One behind the last page of the region: everything before it is mapped.</summary>
    internal ulong End;

    /// <summary>
    /// Lays the region out. <see cref="Errno.Inval"/>: the kernel does not lie where a guest may have something, or its notes
    /// contradict its segments; <see cref="Errno.NoMem"/>: the domain is too small.
    /// </summary>
    /// <param name="image">The kernel.</param>
    /// <param name="pages">Pages that the domain gets.</param>
    /// <param name="layout">Where everything is.</param>
    internal static Result Plan(scoped in KernelImage image, ulong pages, out StartLayout layout)
    {
        layout = default;
        KernelNotes notes = image.Notes;
        if (pages > MostPages || (notes.VirtualBase & ((RegionPages << PageSize.Shift) - 1)) != 0)
        {
            return Errno.Inval;
        }

        layout.Base = notes.VirtualBase;
        if (!EndOfKernel(in image, pages, out ulong kernelEnd).Try(out Errno error))
        {
            return error;
        }

        layout.MfnList = kernelEnd;
        layout.MfnListPages = (pages + MfnsPerPage - 1) / MfnsPerPage;
        layout.StartInfo = layout.MfnList + layout.MfnListPages;
        layout.Tables = layout.StartInfo + 1;
        layout.PlaceTables();
        bool fits = layout.End <= pages && new GuestLinear(layout.Base).HoldsGuest(layout.End << PageSize.Shift);
        return fits ? CheckAddresses(in layout, in notes) : Errno.NoMem;
    }

    /// <summary>The linear address of a page.</summary>
    internal readonly ulong AddressOf(ulong page) => unchecked(Base + (page << PageSize.Shift));

    /// <summary>The page that a linear address lies in. False when it is not in the region.</summary>
    internal readonly bool TryPageOf(ulong address, out ulong page)
    {
        page = unchecked(address - Base) >> PageSize.Shift;
        return page < End;
    }

    private static Result EndOfKernel(scoped in KernelImage image, ulong pages, out ulong end)
    {
        end = 0;
        ulong limit = pages << PageSize.Shift;
        for (int index = 0; index < image.Count; index++)
        {
            _ = image.Segment(index, out ElfProgramHeader segment);
            ulong offset = image.Notes.PhysicalOffset;
            if (segment.PhysicalAddress < offset)
            {
                return Errno.Inval;
            }

            ulong start = segment.PhysicalAddress - offset;
            if (start > limit || segment.MemoryBytes > limit - start)
            {
                return Errno.NoMem;
            }

            end = Math.Max(end, (start + segment.MemoryBytes + PageSize.OffsetMask) >> PageSize.Shift);
        }

        return Result.Success;
    }

    private static Result CheckAddresses(scoped in StartLayout layout, scoped in KernelNotes notes) =>
        layout.TryPageOf(notes.Entry, out _)
        && (notes.HypercallPage == 0 || ((notes.HypercallPage & PageSize.OffsetMask) == 0 && layout.TryPageOf(notes.HypercallPage, out ulong page) && page < layout.MfnList))
            ? Result.Success : Errno.Inval;

    // More tables make the region longer, and a longer region needs more tables: until it fits. Each turn adds at least one
    // table and the region doubles its reach with each, so a few turns do.
    private void PlaceTables()
    {
        TableCount = 0;
        while (true)
        {
            Stack = Tables + TableCount;
            End = ((Stack + 1 + PaddingPages + RegionPages - 1) / RegionPages) * RegionPages;
            ulong needed = 1 + TablesAt(3) + TablesAt(2) + TablesAt(1);
            if (needed <= TableCount)
            {
                return;
            }

            TableCount = needed;
        }
    }

    /// <summary>Tables of a level that the region needs.</summary>
    internal readonly ulong TablesAt(int level)
    {
        int shift = 9 * level;
        ulong first = Base >> PageSize.Shift >> shift;
        ulong last = unchecked(AddressOf(End) - 1) >> PageSize.Shift >> shift;
        return last - first + 1;
    }
}
