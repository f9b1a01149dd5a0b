using System;

namespace Sharpen.Toolstack.Building;

/// <summary>Where everything of a new PV guest lies, by page numbers from 0. The kernel's pages come first, then what is below in
/// this order; all of it is mapped from <see cref="VirtualBase"/> on, except that the frame list has its own address when the
/// kernel wants that. Source: <c>xen.h</c>, "Start-of-day memory layout".</summary>
public sealed record PvLayout
{
    /// <summary>Bytes of a page.</summary>
    public const int PageSize = 4096;

    private const ulong RegionAlignment = 4UL << 20;
    private const ulong LeastSlack = 512UL << 10;

    // Kernel, ramdisk and what else is mapped are far below this.
    private const ulong HighestRegion = 0x6000_0000;

    // They are mapped in one piece.
    private const ulong MostWritten = ((1UL << 31) / PageSize) - 1;

    /// <summary>The linear address of page 0.</summary>
    public required ulong VirtualBase { get; init; }

    /// <summary>All pages that the guest begins with.</summary>
    public required ulong Pages { get; init; }

    /// <summary>The first page of the kernel: those below are empty.</summary>
    public ulong First { get; private init; }

    /// <summary>The ramdisk's first page.</summary>
    public ulong Ramdisk { get; private init; }

    /// <summary>The first page of the frame list.</summary>
    public ulong P2m { get; private init; }

    /// <summary>Pages of the frame list.</summary>
    public ulong P2mPages { get; private init; }

    /// <summary>The linear address of the frame list.</summary>
    public ulong P2mAddress { get; private init; }

    /// <summary>The frame list is mapped at an address that the kernel chose.</summary>
    public bool HasOwnP2mAddress { get; private init; }

    /// <summary>The page of start_info.</summary>
    public ulong StartInfo { get; private init; }

    /// <summary>The page shared with the store.</summary>
    public ulong Store { get; private init; }

    /// <summary>The page shared with the console.</summary>
    public ulong Console { get; private init; }

    /// <summary>The first page table, which is the root.</summary>
    public ulong Tables { get; private init; }

    /// <summary>How many page tables.</summary>
    public ulong TablePages { get; private init; }

    /// <summary>The page of the boot stack.</summary>
    public ulong Stack { get; private init; }

    /// <summary>The first page behind all that is written.</summary>
    public ulong End { get; private init; }

    /// <summary>The first page that is not mapped any more.</summary>
    public ulong MappedEnd { get; private init; }

    /// <summary>The linear address of a page.</summary>
    public ulong Address(ulong page) => VirtualBase + (page * PageSize);

    /// <summary>Finds places.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="ramdiskBytes">The ramdisk's size.</param>
    /// <param name="pages">Pages that the guest begins with.</param>
    /// <exception cref="ImageException">It does not fit.</exception>
    public static PvLayout Find(ElfKernel kernel, ulong ramdiskBytes, ulong pages)
    {
        ulong virtualBase = kernel.Notes.VirtualBase;
        if (virtualBase % PageSize != 0 || virtualBase > ulong.MaxValue - HighestRegion)
        {
            throw new ImageException($"the kernel wants to be at {virtualBase:x}, where it cannot be");
        }

        if (kernel.Notes.InitialP2m is { } address && (address % PageSize != 0 || address > ulong.MaxValue - (pages * sizeof(ulong)) - PageSize))
        {
            throw new ImageException($"the kernel wants its frame list at {address:x}, where it cannot be");
        }

        // More tables make the region longer, and that may take more tables: it settles after a few rounds.
        ulong tablePages = 1;
        while (true)
        {
            var layout = Place(kernel, ramdiskBytes, pages, tablePages);
            if (layout.End - layout.First > MostWritten)
            {
                throw new ImageException($"kernel, ramdisk and frame list need {((layout.End - layout.First) * PageSize) >> 20} MiB: more than {(MostWritten * PageSize) >> 20} cannot be written");
            }

            if (layout.End > pages)
            {
                throw new ImageException($"kernel and ramdisk need {(layout.End * PageSize) >> 20} MiB, and the guest has {(pages * PageSize) >> 20}: raise memory");
            }

            ulong needed = (ulong)new PvMappings(layout).TableCount;
            if (needed <= tablePages)
            {
                return layout;
            }

            tablePages = needed;
        }
    }

    private static PvLayout Place(ElfKernel kernel, ulong ramdiskBytes, ulong pages, ulong tablePages)
    {
        bool own = kernel.Notes.InitialP2m is not null;
        ulong ramdisk = PagesOf(kernel.End);
        ulong p2mPages = PagesOf(pages * sizeof(ulong));
        ulong behindRamdisk = ramdisk + PagesOf(ramdiskBytes);
        ulong start = own ? behindRamdisk : behindRamdisk + p2mPages;
        ulong stack = start + 3 + tablePages;
        ulong p2m = own ? stack + 1 : behindRamdisk;
        ulong end = own ? p2m + p2mPages : stack + 1;
        return new PvLayout
        {
            VirtualBase = kernel.Notes.VirtualBase,
            Pages = pages,
            First = kernel.Start / PageSize,
            Ramdisk = ramdisk,
            P2m = p2m,
            P2mPages = p2mPages,
            P2mAddress = kernel.Notes.InitialP2m ?? kernel.Notes.VirtualBase + (p2m * PageSize),
            HasOwnP2mAddress = own,
            StartInfo = start,
            Store = start + 1,
            Console = start + 2,
            Tables = start + 3,
            TablePages = tablePages,
            Stack = stack,
            End = end,
            MappedEnd = MappedPages(kernel.Notes.VirtualBase, end, pages),
        };
    }

    private static ulong PagesOf(ulong bytes) => (bytes + PageSize - 1) / PageSize;

    // The region ends at a multiple of 4 MiB, with at least 512 KiB behind the last thing in it; a guest with less has less.
    private static ulong MappedPages(ulong virtualBase, ulong end, ulong pages)
    {
        ulong offset = virtualBase % RegionAlignment;
        ulong bytes = offset + (end * PageSize) + LeastSlack;
        return Math.Min(pages, (((bytes + RegionAlignment - 1) / RegionAlignment * RegionAlignment) - offset) / PageSize);
    }
}
