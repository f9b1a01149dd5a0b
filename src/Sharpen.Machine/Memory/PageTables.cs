using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>Walks and changes page tables of one format. Locks, flushes and ownership are the caller's.</summary>
/// <typeparam name="TFormat">The encoding of entries.</typeparam>
/// <remarks>Safety: tables are frames that only this walker writes and that the direct map reaches; whoever passes a root vouches for it.</remarks>
internal static unsafe class PageTables<TFormat>
    where TFormat : struct, IPageTableFormat
{
    private const int IndexBits = 9;
    internal const int Entries = 1 << IndexBits;

    /// <summary>Pages (of 4 KiB) that one entry of this level covers.</summary>
    internal static ulong PagesAt(int level) => 1UL << ((level - 1) * IndexBits);

    /// <summary>Which entry of a table of this level an address uses.</summary>
    internal static int IndexAt(int level, HostLinear address) =>
        unchecked((int)((uint)(address.Value >> (PageSize.Shift + ((level - 1) * IndexBits))) & (Entries - 1)));

    /// <summary>Maps a run of frames with the largest pages that fit, over whatever was there. ENOMEM leaves the first part mapped.</summary>
    /// <typeparam name="TSource">Where new tables come from.</typeparam>
    internal static Result Map<TSource>(Mfn root, HostLinear start, FrameRange frames, PageAccess access)
        where TSource : struct, ITableSource
    {
        ulong done = 0;
        while (done < frames.Frames)
        {
            HostLinear address = start + (done << PageSize.Shift);
            Mfn frame = frames.First + done;
            int level = LargestLevel(address, frame, frames.Frames - done);
            ulong* entry = Descend<TSource>(root, address, ref level, access);
            if (entry == null)
            {
                return Errno.NoMem;
            }

            done += Fill(entry, level, Entries - IndexAt(level, address), new FrameRange(frame, frames.Frames - done), access);
        }

        return Result.Success;
    }

    /// <summary>Writes entries up to the end of their table, of the run, or to one under which a table hangs; how many pages that were.</summary>
    private static ulong Fill(ulong* entry, int level, int room, FrameRange frames, PageAccess access)
    {
        ulong pages = PagesAt(level);
        ulong done = 0;
        do
        {
            Volatile.Write(ref *entry, TFormat.Leaf(level, frames.First + done, access));
            done += pages;
            entry++;
            room--;
        }
        while (room > 0 && frames.Frames - done >= pages && (level == 1 || !TFormat.IsPresent(level, *entry) || TFormat.IsLeaf(level, *entry)));
        return done;
    }

    /// <summary>Makes a run of pages translate nothing; splits larger pages at its borders. Tables stay where they are.</summary>
    /// <typeparam name="TSource">Where tables come from when a larger page must be split.</typeparam>
    internal static Result Unmap<TSource>(Mfn root, HostLinear start, ulong pages)
        where TSource : struct, ITableSource
    {
        ulong done = 0;
        while (done < pages)
        {
            HostLinear address = start + (done << PageSize.Shift);
            int level = 0;
            ulong* entry = Find(root, address, ref level);
            ulong covered = PagesAt(level);
            ulong inside = (address.Value >> PageSize.Shift) & (covered - 1);
            if (!TFormat.IsPresent(level, *entry))
            {
                done += covered - inside;
                continue;
            }

            if (inside != 0 || covered > pages - done)
            {
                level = 1;
                entry = Descend<TSource>(root, address, ref level, PageAccess.Read);
                if (entry == null)
                {
                    return Errno.NoMem;
                }
            }

            Volatile.Write(ref *entry, TFormat.Empty);
            done += PagesAt(level);
        }

        return Result.Success;
    }

    /// <summary>Where an address leads; false when nowhere.</summary>
    internal static bool TryTranslate(Mfn root, HostLinear address, out Translation translation)
    {
        int level = 0;
        ulong entry = *Find(root, address, ref level);
        translation = default;
        if (!TFormat.IsPresent(level, entry))
        {
            return false;
        }

        ulong inside = address.Value & ((PagesAt(level) << PageSize.Shift) - 1);
        translation = new Translation(TFormat.FrameOf(level, entry).Start + inside, TFormat.AccessOf(level, entry), level);
        return true;
    }

    /// <summary>Makes the table below the root exist for an address, so that roots copied later share all below it.</summary>
    /// <typeparam name="TSource">Where the table comes from.</typeparam>
    /// <param name="root">The root.</param>
    /// <param name="address">The address.</param>
    /// <param name="access">With <see cref="PageAccess.User"/>, guests get through the root's entry.</param>
    internal static Result Share<TSource>(Mfn root, HostLinear address, PageAccess access = PageAccess.Read)
        where TSource : struct, ITableSource
    {
        int level = TFormat.Levels - 1;
        return Descend<TSource>(root, address, ref level, access) == null ? Errno.NoMem : Result.Success;
    }

    /// <summary>Fills a frame with entries that translate nothing.</summary>
    internal static void Clear(Mfn table)
    {
        ulong* entries = EntriesOf(table);
        for (int index = 0; index < Entries; index += 4)
        {
            entries[index] = TFormat.Empty;
            entries[index + 1] = TFormat.Empty;
            entries[index + 2] = TFormat.Empty;
            entries[index + 3] = TFormat.Empty;
        }
    }

    internal static ulong* EntriesOf(Mfn table) => (ulong*)DirectMap.Pointer(table.Start);

    /// <summary>The entry that decides about an address: a leaf, or the first that is absent.</summary>
    internal static ulong* Find(Mfn root, HostLinear address, ref int level)
    {
        level = TFormat.Levels;
        Mfn table = root;
        while (true)
        {
            ulong* entry = EntriesOf(table) + IndexAt(level, address);
            if (level == 1 || !TFormat.IsPresent(level, *entry) || TFormat.IsLeaf(level, *entry))
            {
                return entry;
            }

            table = TFormat.FrameOf(level, *entry);
            level--;
        }
    }

    /// <summary>The entry of the wanted level, or of a lower one where a table already hangs there. Creates and splits on the way; null when short of memory.</summary>
    private static ulong* Descend<TSource>(Mfn root, HostLinear address, ref int wanted, PageAccess access)
        where TSource : struct, ITableSource
    {
        int level = TFormat.Levels;
        Mfn table = root;
        while (true)
        {
            ulong* entry = EntriesOf(table) + IndexAt(level, address);
            bool leadsDown = level > 1 && TFormat.IsPresent(level, *entry) && !TFormat.IsLeaf(level, *entry);
            if (level <= wanted && !leadsDown)
            {
                wanted = level;
                return entry;
            }

            if (!leadsDown && !Grow<TSource>(level, entry, access))
            {
                return null;
            }

            table = TFormat.FrameOf(level, *entry);
            level--;
        }
    }

    /// <summary>Hangs a new table under an entry. If the entry mapped memory, the table maps the same in smaller pages. Guests get
    /// through it when what is to be mapped there is theirs too.</summary>
    private static bool Grow<TSource>(int level, ulong* entry, PageAccess access)
        where TSource : struct, ITableSource
    {
        if (!TSource.TryTake(out Mfn table))
        {
            return false;
        }

        ulong old = *entry;
        Clear(table);
        if (TFormat.IsPresent(level, old))
        {
            ulong* entries = EntriesOf(table);
            for (int index = 0; index < Entries; index++)
            {
                Mfn frame = TFormat.FrameOf(level, old) + ((ulong)index * PagesAt(level - 1));
                entries[index] = TFormat.Leaf(level - 1, frame, TFormat.AccessOf(level, old));
            }
        }

        Volatile.Write(ref *entry, TFormat.Table(level, table, PageAccess.Write | (access & PageAccess.User)));
        return true;
    }

    private static int LargestLevel(HostLinear address, Mfn frame, ulong pages)
    {
        ulong alignment = (address.Value >> PageSize.Shift) | frame.Value;
        int level = TFormat.Levels - 1;
        while (level > 1 && (!TFormat.CanMapAt(level) || pages < PagesAt(level) || (alignment & (PagesAt(level) - 1)) != 0))
        {
            level--;
        }

        return level;
    }
}
