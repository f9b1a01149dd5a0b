using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>
/// The page tables of PV guests. A table is a frame of the domain that this store has cleared; its entries are written here and
/// nowhere else, one atomic store each, and each holds references on what it leads to. So a table can only lead to
/// tables of the level below and to frames that their owner may use that way, and a page table is never writable to the guest.
/// </summary>
public static unsafe partial class GuestTables
{
    private const int Entries = PageTables<HostFormat>.Entries;

    /// <summary>Makes a frame a table with no entries but, in a root, the hypervisor's own.</summary>
    /// <typeparam name="TTable">The level.</typeparam>
    /// <param name="held">The lock of the domain: a table must stay on its list until it is emptied.</param>
    /// <param name="frame">The frame: any number.</param>
    /// <param name="owner">Whose it must be.</param>
    /// <param name="table">The new table.</param>
    /// <returns>EINVAL: not on that domain's list; EBUSY: used as something else, or a table already.</returns>
    public static Result Create<TTable>(scoped in Locked<DomainRank> held, Mfn frame, DomainId owner, out FrameRef<TTable> table)
        where TTable : struct, IPageTable
    {
        _ = held;
        table = FrameRef<TTable>.None;
        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref info, owner))
        {
            return Errno.Inval;
        }

        if (!FrameCounts.IsListed(in info))
        {
            FrameCounts.Drop(ref info);
            return Errno.Inval;
        }

        // The contents hold the table too: one reference more, given up when the table is emptied.
        if (!FrameCounts.TryHoldAgain(ref info))
        {
            FrameCounts.Drop(ref info);
            return Errno.Busy;
        }

        if (!FrameCounts.TryBecomeTable(ref info, TTable.Type).Try(out Errno error))
        {
            FrameCounts.Drop(ref info);
            FrameCounts.Drop(ref info);
            return error;
        }

        Fill(frame, TTable.Level);
        info.Progress = Entries;
        FrameCounts.FinishTable(ref info);
        table = new FrameRef<TTable>(frame);
        return Result.Success;
    }

    /// <summary>Lets an empty entry lead to a table of the level below, which guest code may use in full.</summary>
    /// <typeparam name="TTable">The upper table.</typeparam>
    /// <typeparam name="TChild">The lower table.</typeparam>
    /// <returns>EINVAL: no such entry, or one of the hypervisor's; EEXIST: not empty; EBUSY: too many references.</returns>
    public static Result Link<TTable, TChild>(scoped in FrameRef<TTable> table, int index, scoped in FrameRef<TChild> child)
        where TTable : struct, ITableOf<TChild>
        where TChild : struct, IPageTable
    {
        if (!IsGuestEntry(TTable.Level, index))
        {
            return Errno.Inval;
        }

        if (!child.Keep().Try(out Errno error))
        {
            return error;
        }

        if (!TryStore(table.Mfn, index, HostFormat.Table(TTable.Level, child.Mfn, PageAccess.Write | PageAccess.User)))
        {
            FrameRef<TChild>.Release(child.Mfn);
            return Errno.Exist;
        }

        return Result.Success;
    }

    /// <summary>Maps a frame that the guest may read, write and execute. Errors as <see cref="Link"/>.</summary>
    public static Result Map(scoped in FrameRef<L1Table> table, int index, scoped in FrameRef<Writable> frame) =>
        Store(table, index, frame, PageAccess.Write | PageAccess.Execute | PageAccess.User);

    /// <summary>Maps a frame that the guest may read and execute: its page tables, for one. Errors as <see cref="Link"/>.</summary>
    public static Result MapReadOnly(scoped in FrameRef<L1Table> table, int index, scoped in FrameRef<Untyped> frame) =>
        Store(table, index, frame, PageAccess.Execute | PageAccess.User);

    /// <summary>The frame that a guest's address leads to below a root, and whether the guest may write there. False when nowhere.</summary>
    public static bool TryTranslate(scoped in FrameRef<L4Table> root, ulong guestAddress, out Mfn frame, out bool isWritable) =>
        TryTranslate(root.Mfn, guestAddress, out frame, out isWritable);

    internal static bool TryTranslate(Mfn root, ulong guestAddress, out Mfn frame, out bool isWritable)
    {
        HostLinear address = new(guestAddress);
        frame = root;
        isWritable = true;
        for (int level = L4Table.Level; level >= L1Table.Level; level--)
        {
            ulong entry = Read(frame, PageTables<HostFormat>.IndexAt(level, address));
            PageAccess access = HostFormat.AccessOf(level, entry);
            if (!HostFormat.IsPresent(level, entry) || (access & PageAccess.User) == 0)
            {
                frame = Mfn.Invalid;
                isWritable = false;
                return false;
            }

            frame = HostFormat.FrameOf(level, entry);
            isWritable &= (access & PageAccess.Write) != 0;
        }

        return true;
    }

    /// <summary>Gives up the contents of a frame that is a table of the level; others are passed over. EAGAIN: budget spent; EBUSY: relied on.</summary>
    internal static Result Empty(ref FrameInfo info, int level, ref int budget)
    {
        if ((int)FrameCounts.TypeOf(in info) != level || !FrameCounts.HasContents(in info))
        {
            budget--;
            return Result.Success;
        }

        if (FrameCounts.TryUnpin(ref info))
        {
            FrameCounts.DropType(ref info, (FrameType)(byte)level);
            FrameCounts.Drop(ref info);
        }

        if (FrameCounts.TypeReferences(in info) != 0)
        {
            return Errno.Busy;
        }

        Mfn table = FrameTable.FrameOf(ref info);
        while (info.Progress > 0)
        {
            if (budget <= 0)
            {
                return Errno.Again;
            }

            budget--;
            int index = --info.Progress;
            if (IsGuestEntry(level, index))
            {
                Release(table, level, Swap(table, index, HostFormat.Empty));
            }
        }

        if (!FrameCounts.TryEndTable(ref info))
        {
            return Errno.Busy;
        }

        FrameCounts.Drop(ref info);
        return Result.Success;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsGuestEntry(int level, int index) =>
        index is >= 0 and < Entries && (level != HostFormat.Levels || index < AddressSpace.FirstSlot || index >= AddressSpace.EndSlot);

    private static Result Store<TType>(scoped in FrameRef<L1Table> table, int index, scoped in FrameRef<TType> frame, PageAccess access)
        where TType : struct, IFrameType
    {
        if (!IsGuestEntry(L1Table.Level, index))
        {
            return Errno.Inval;
        }

        if (!frame.Keep().Try(out Errno error))
        {
            return error;
        }

        if (!TryStore(table.Mfn, index, HostFormat.Leaf(L1Table.Level, frame.Mfn, access)))
        {
            FrameRef<TType>.Release(frame.Mfn);
            return Errno.Exist;
        }

        return Result.Success;
    }

    /// <summary>One atomic store, if the entry is empty.</summary>
    /// <remarks>Safety: the caller's hold keeps the frame a table; nobody else writes tables.</remarks>
    private static bool TryStore(Mfn table, int index, ulong entry)
    {
        byte* start = View(table);
        bool stored = Interlocked.CompareExchange(ref EntryAt(start, index), entry, HostFormat.Empty) == HostFormat.Empty;
        EndView(table, start);
        return stored;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong EntryAt(byte* start, int index) => ref *unchecked((ulong*)start + (uint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read(Mfn table, int index) =>
        DirectMap.Reaches(table) ? Volatile.Read(ref EntryAt(DirectMap.PointerTo(table), index)) : ReadFar(table, index);

    private static ulong ReadFar(Mfn table, int index)
    {
        byte* start = FrameWindow.Open(table);
        ulong entry = Volatile.Read(ref EntryAt(start, index));
        FrameWindow.Close(start);
        return entry;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Swap(Mfn table, int index, ulong entry) =>
        DirectMap.Reaches(table) ? Interlocked.Exchange(ref EntryAt(DirectMap.PointerTo(table), index), entry) : SwapFar(table, index, entry);

    private static ulong SwapFar(Mfn table, int index, ulong entry)
    {
        byte* start = FrameWindow.Open(table);
        ulong old = Interlocked.Exchange(ref EntryAt(start, index), entry);
        FrameWindow.Close(start);
        return old;
    }

    private static void Fill(Mfn table, int level)
    {
        byte* start = View(table);
        ulong* entries = (ulong*)start;
        ulong* host = PageTables<HostFormat>.EntriesOf(HostTables.RootFrame);
        for (int index = 0; index < Entries; index++)
        {
            entries[index] = IsGuestEntry(level, index) ? HostFormat.Empty : host[index];
        }

        EndView(table, start);
    }

    /// <summary>Gives up what an entry held.</summary>
    private static void Release(Mfn table, int level, ulong entry)
    {
        if (!HostFormat.IsPresent(level, entry) || (level > L1Table.Level && HostFormat.FrameOf(level, entry) == table))
        {
            return;
        }

        ref FrameInfo info = ref FrameTable.Find(HostFormat.FrameOf(level, entry));
        if (FrameCounts.IsCounted(ref info))
        {
            Release(ref info, level, entry);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Release(ref FrameInfo info, int level, ulong entry)
    {
        if (level > L1Table.Level || HostFormat.IsWritable(level, entry))
        {
            FrameCounts.DropType(ref info);
        }

        FrameCounts.Drop(ref info);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* View(Mfn frame) => DirectMap.Reaches(frame) ? DirectMap.PointerTo(frame) : FrameWindow.Open(frame);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void EndView(Mfn frame, byte* start)
    {
        if (!DirectMap.Reaches(frame))
        {
            FrameWindow.Close(start);
        }
    }
}
