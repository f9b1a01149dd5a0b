using System;
using System.Collections.Generic;

namespace Sharpen.Toolstack.Building;

/// <summary>The first page tables of a guest: they map the region of the kernel, and the frame list where it has its own address.
/// A table is known by its level and its slot: the linear address that it begins at, in units of what it covers.</summary>
public sealed class PvMappings
{
    private const int Levels = 4;
    private const int IndexBits = 9;
    private const int PageBits = 12;
    private const ulong Writable = 0x67; // present, writable, user, accessed, dirty
    private const ulong ReadOnly = 0x65;

    private readonly PvLayout _layout;
    private readonly List<ulong>[] _slots = new List<ulong>[Levels];
    private readonly int[] _firstTable = new int[Levels];

    /// <param name="layout">Where everything lies.</param>
    public PvMappings(PvLayout layout)
    {
        _layout = layout;
        _slots[Levels - 1] = [];
        TableCount = 1;
        for (int level = Levels - 2; level >= 0; level--)
        {
            int shift = PageBits + ((level + 1) * IndexBits);
            var slots = new SortedSet<ulong>();
            Cover(slots, layout.VirtualBase, layout.MappedEnd, shift);
            if (layout.HasOwnP2mAddress)
            {
                Cover(slots, layout.P2mAddress, layout.P2mPages, shift);
            }

            _slots[level] = [.. slots];
            _firstTable[level] = TableCount;
            TableCount += slots.Count;
        }
    }

    /// <summary>Tables of all levels; the root is the first.</summary>
    public int TableCount { get; }

    /// <summary>Writes the tables.</summary>
    /// <param name="tables">Their pages, zeroed.</param>
    /// <param name="frames">The machine frame of each page of the guest.</param>
    public void Write(Span<ulong> tables, ReadOnlySpan<ulong> frames)
    {
        for (int level = Levels - 2; level >= 0; level--)
        {
            for (int i = 0; i < _slots[level].Count; i++)
            {
                ulong slot = _slots[level][i];
                ulong frame = frames[(int)_layout.Tables + _firstTable[level] + i];
                tables[(TableOf(level + 1, slot >> IndexBits) * 512) + (int)(slot & 511)] = (frame << PageBits) | Writable;
            }
        }

        WritePages(tables, frames, _layout.VirtualBase, 0, _layout.MappedEnd);
        if (_layout.HasOwnP2mAddress)
        {
            WritePages(tables, frames, _layout.P2mAddress, _layout.P2m, _layout.P2mPages);
        }
    }

    private static void Cover(SortedSet<ulong> slots, ulong address, ulong pages, int shift)
    {
        for (ulong slot = address >> shift; pages > 0 && slot <= (address + (pages * PvLayout.PageSize) - 1) >> shift; slot++)
        {
            slots.Add(slot);
        }
    }

    private int TableOf(int level, ulong slot) => level == Levels - 1 ? 0 : _firstTable[level] + _slots[level].BinarySearch(slot);

    private void WritePages(Span<ulong> tables, ReadOnlySpan<ulong> frames, ulong address, ulong firstPage, ulong pages)
    {
        int table = -1;
        for (ulong i = 0; i < pages; i++)
        {
            ulong number = (address >> PageBits) + i;
            if (table < 0 || (number & 511) == 0)
            {
                table = TableOf(0, number >> IndexBits);
            }

            ulong page = firstPage + i;
            bool isTable = page >= _layout.Tables && page < _layout.Tables + _layout.TablePages;
            tables[(table * 512) + (int)(number & 511)] = (frames[(int)page] << PageBits) | (isTable ? ReadOnly : Writable);
        }
    }
}
