using System;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>
/// Where everything lies that a PV kernel finds when it starts: one region of linear addresses from the kernel's base on,
/// mapping the domain's first pages in order; behind it, not in the region, what the kernel's notes want elsewhere.
/// All in pages of the domain. Source: "Start-of-day memory layout" in <c>xen.h</c>; <c>elfnote.h</c>.
/// </summary>
internal struct StartLayout
{
    private const ulong RegionPages = 1024;
    private const ulong PaddingPages = 128;
    private const ulong MostPages = 1UL << 32;
    private const ulong MfnsPerPage = PageSize.Bytes / sizeof(ulong);

    /// <summary>The region that the kernel starts in; page 0 is its first.</summary>
    internal StartRegion Kernel;

    /// <summary>Where the list of frame numbers appears, if not in the kernel's region; else of no pages.</summary>
    internal StartRegion List;

    /// <summary>First page of the ramdisk.</summary>
    internal ulong Ramdisk;

    /// <summary>Pages of the ramdisk.</summary>
    internal ulong RamdiskPages;

    /// <summary>First page of the list of frame numbers.</summary>
    internal ulong MfnList;

    /// <summary>Pages of that list.</summary>
    internal ulong MfnListPages;

    /// <summary>The page of <see cref="Abi.StartInfo"/>.</summary>
    internal ulong StartInfo;

    /// <summary>The page of the root table; those of the kernel's region follow.</summary>
    internal ulong Tables;

    /// <summary>How many page tables there are, up to there.</summary>
    internal ulong TableCount;

    /// <summary>The page of the first stack.</summary>
    internal ulong Stack;

    /// <summary>One behind the last page of the kernel's region: everything before it is mapped.</summary>
    internal ulong End;

    /// <summary>True when the list has a region of its own.</summary>
    internal readonly bool HasListRegion => List.Pages != 0;

    /// <summary>
    /// Lays everything out. <see cref="Errno.Inval"/>: the kernel does not lie where a guest may have something, or its notes
    /// contradict its segments or each other; <see cref="Errno.NoMem"/>: the domain is too small.
    /// </summary>
    /// <param name="image">The kernel.</param>
    /// <param name="pages">Pages that the domain gets.</param>
    /// <param name="ramdiskBytes">The length of its ramdisk.</param>
    /// <param name="layout">Where everything is.</param>
    internal static Result Plan(scoped in KernelImage image, ulong pages, ulong ramdiskBytes, out StartLayout layout)
    {
        layout = default;
        KernelNotes notes = image.Notes;
        if (pages > MostPages || (notes.VirtualBase & ((RegionPages << PageSize.Shift) - 1)) != 0 || (notes.InitialP2m & PageSize.OffsetMask) != 0)
        {
            return Errno.Inval;
        }

        if (!EndOfKernel(in image, pages, out ulong kernelEnd).Try(out Errno error))
        {
            return error;
        }

        layout.RamdiskPages = (ramdiskBytes + PageSize.OffsetMask) >> PageSize.Shift;
        layout.MfnListPages = (pages + MfnsPerPage - 1) / MfnsPerPage;
        layout.PlaceInRegion(in notes, kernelEnd);
        ulong all = layout.PlaceBehind(in notes);
        bool fits = all <= pages && new GuestLinear(notes.VirtualBase).HoldsGuest(layout.End << PageSize.Shift);
        return fits ? layout.Check(in notes) : Errno.NoMem;
    }

    /// <summary>The linear address of a page of the kernel's region.</summary>
    internal readonly ulong AddressOf(ulong page) => Kernel.AddressOf(page);

    /// <summary>The page that a linear address lies in. False when it is not in the kernel's region.</summary>
    internal readonly bool TryPageOf(ulong address, out ulong page)
    {
        page = unchecked(address - Kernel.Base) >> PageSize.Shift;
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

    private readonly Result Check(scoped in KernelNotes notes)
    {
        bool isEntered = TryPageOf(notes.Entry, out _);
        bool hasCalls = notes.HypercallPage == 0
            || ((notes.HypercallPage & PageSize.OffsetMask) == 0 && TryPageOf(notes.HypercallPage, out ulong page) && page < StartInfo);
        bool hasList = !HasListRegion
            || (new GuestLinear(List.Base).HoldsGuest(List.Pages << PageSize.Shift) && List.SharesNoRootEntryWith(in Kernel));
        return isEntered && hasCalls && hasList ? Result.Success : Errno.Inval;
    }

    private void PlaceInRegion(scoped in KernelNotes notes, ulong kernelEnd)
    {
        ulong at = kernelEnd;
        if (!notes.TakesRamdiskUnmapped)
        {
            Ramdisk = at;
            at += RamdiskPages;
        }

        if (notes.InitialP2m == 0)
        {
            MfnList = at;
            at += MfnListPages;
        }

        StartInfo = at;
        Tables = at + 1;
        PlaceTables(notes.VirtualBase);
    }

    // More tables make the region longer, and a longer region needs more tables: until it fits. Each turn adds at least one
    // table and the region doubles its reach with each, so a few turns do.
    private void PlaceTables(ulong start)
    {
        TableCount = 0;
        while (true)
        {
            Stack = Tables + TableCount;
            End = ((Stack + 1 + PaddingPages + RegionPages - 1) / RegionPages) * RegionPages;
            Kernel = new StartRegion { Base = start, First = 0, Pages = End, Tables = Tables + 1 };
            ulong needed = 1 + Kernel.TableCount;
            if (needed <= TableCount)
            {
                return;
            }

            TableCount = needed;
        }
    }

    /// <summary>How many pages there are in all.</summary>
    private ulong PlaceBehind(scoped in KernelNotes notes)
    {
        ulong at = End;
        if (notes.TakesRamdiskUnmapped)
        {
            Ramdisk = at;
            at += RamdiskPages;
        }

        if (notes.InitialP2m == 0)
        {
            return at;
        }

        ulong tables = new StartRegion { Base = notes.InitialP2m, Pages = MfnListPages }.TableCount;
        MfnList = at + tables;
        List = new StartRegion { Base = notes.InitialP2m, First = MfnList, Pages = MfnListPages, Tables = at };
        return MfnList + MfnListPages;
    }
}
