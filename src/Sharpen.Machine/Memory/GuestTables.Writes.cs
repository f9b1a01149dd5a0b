using System.Runtime.CompilerServices;
using System.Threading;

namespace Sharpen.Machine.Memory;

/// <summary>Changes of single entries as guests ask for them, under the lock of the domain that owns the tables.</summary>
public static unsafe partial class GuestTables
{
    /// <summary>Where the entry of level 1 lies that maps an address below a root. False: there is no table.</summary>
    internal static bool TryFindEntry(Mfn root, ulong guestAddress, out Mfn table, out int index)
    {
        HostLinear address = new(guestAddress);
        table = root;
        index = PageTables<HostFormat>.IndexAt(L1Table.Level, address);
        return IsGuestEntry(L4Table.Level, PageTables<HostFormat>.IndexAt(L4Table.Level, address))
            && TryDescend(L4Table.Level, root, address, out Mfn third) && TryDescend(L3Table.Level, third, address, out Mfn second)
            && TryDescend(L2Table.Level, second, address, out table) && IsLeafTable(table);
    }

    // Where a table leads to another of its own level, the way is one level short and ends at a table that is no leaf.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLeafTable(Mfn table) => FrameCounts.TypeOf(in FrameTable.Of(table)) == FrameType.L1Table;

    /// <summary>The table below one that an address uses. False: there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDescend(int level, Mfn table, HostLinear address, out Mfn below)
    {
        ulong entry = Read(table, PageTables<HostFormat>.IndexAt(level, address));
        below = HostFormat.FrameOf(level, entry);
        return HostFormat.IsPresent(level, entry) && below != table;
    }

    /// <summary>
    /// Puts an entry of level 1 in place of another, with the references that it needs. Only what nearly all entries are: none, a page in its
    /// usual use, or what stands there with other notes; and only where the direct map reaches. False: nothing is changed.
    /// </summary>
    /// <param name="table">A whole table of level 1.</param>
    /// <param name="index">Which entry.</param>
    /// <param name="claim">The entry that the guest asks for.</param>
    /// <param name="refused">Bits that it may not have.</param>
    /// <param name="pages">Whose page it may lead to.</param>
    /// <param name="keepsNotes">True: accessed and dirty stay set if they were.</param>
    /// <param name="old">What is the caller's to give up: a present entry, or not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryPutPage(Mfn table, int index, GuestClaim claim, ulong refused, PageSource pages, bool keepsNotes, out ulong old)
    {
        old = HostFormat.Empty;
        if (!DirectMap.Reaches(table))
        {
            return false;
        }

        ref ulong place = ref EntryAt(DirectMap.PointerTo(table), index);
        ulong wanted = HostFormat.FromGuest(L1Table.Level, claim.Value);
        ulong stood = Volatile.Read(ref place);
        if (!pages.IsForeign && HostFormat.IsSameUse(stood, wanted) && TryNote(ref place, stood, wanted, keepsNotes))
        {
            return true;
        }

        if (claim.IsPresent && !TryTakePage(claim, refused, pages.Owner))
        {
            return false;
        }

        old = keepsNotes ? ExchangeKeepingNotes(ref place, L1Table.Level, wanted) : Interlocked.Exchange(ref place, wanted);
        return true;
    }

    private static bool TryNote(ref ulong place, ulong old, ulong wanted, bool keepsNotes) =>
        Interlocked.CompareExchange(ref place, keepsNotes ? HostFormat.KeepNotes(wanted, old) : wanted, old) == old;

    /// <summary>Puts an entry whose references are taken in place of another; what that held is the caller's to give up.</summary>
    internal static ulong Put(Mfn table, int index, int level, GuestClaim claim, bool keepsNotes)
    {
        ulong wanted = HostFormat.FromGuest(level, claim.Value);
        if (!keepsNotes)
        {
            return Swap(table, index, wanted);
        }

        byte* start = View(table);
        ulong old = ExchangeKeepingNotes(ref EntryAt(start, index), level, wanted);
        EndView(table, start);
        return old;
    }

    private static ulong ExchangeKeepingNotes(ref ulong place, int level, ulong wanted)
    {
        ulong old = Volatile.Read(ref place);
        while (true)
        {
            ulong entry = HostFormat.IsPresent(level, old) ? HostFormat.KeepNotes(wanted, old) : wanted;
            ulong seen = Interlocked.CompareExchange(ref place, entry, old);
            if (seen == old)
            {
                return old;
            }

            old = seen;
        }
    }

    /// <summary>Puts an entry of level 1 whose references are taken in place of just this one. False: another stands there.</summary>
    internal static bool TryPut(Mfn table, int index, ulong old, GuestClaim claim)
    {
        byte* start = View(table);
        ulong wanted = HostFormat.FromGuest(L1Table.Level, claim.Value);
        bool isDone = Interlocked.CompareExchange(ref EntryAt(start, index), wanted, old) == old;
        EndView(table, start);
        return isDone;
    }

    /// <summary>Puts an entry of level 1 whose references are taken in place of another; what that held is the caller's to give up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Exchange(Mfn table, int index, GuestClaim claim) => Swap(table, index, HostFormat.FromGuest(L1Table.Level, claim.Value));

    /// <summary>An entry of a table, as it stands there.</summary>
    internal static ulong ReadEntry(Mfn table, int index) => Read(table, index);

    /// <summary>True when an entry of level 1 leads to a frame with these rights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool LeadsTo(Mfn table, int index, Mfn frame, bool isWritable)
    {
        ulong entry = Read(table, index);
        return HostFormat.IsPresent(L1Table.Level, entry) && HostFormat.FrameOf(L1Table.Level, entry) == frame
            && HostFormat.IsWritable(L1Table.Level, entry) == isWritable;
    }

    /// <summary>Moves an entry of level 1, with what it holds, to another place; what that held is the caller's to give up.</summary>
    internal static ulong Move(Mfn from, int fromIndex, Mfn to, int toIndex) => Swap(to, toIndex, Swap(from, fromIndex, HostFormat.Empty));

    /// <summary>Writes a word of a frame that the guest may write anyway.</summary>
    internal static void PutWord(Mfn frame, int index, ulong value) => Swap(frame, index, value);

    /// <summary>Copies a page between two frames that the caller holds. Nothing happens when they are the same.</summary>
    internal static void CopyPage(Mfn from, Mfn to)
    {
        if (from == to)
        {
            return;
        }

        byte* source = View(from);
        byte* target = View(to);
        PageFill.Copy(source, target);
        EndView(to, target);
        EndView(from, source);
    }

    /// <summary>True when no CPU can go wrong by still using the old entry: it led to nothing, or to the same with no more rights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsHarmless(int level, ulong old, GuestClaim claim) =>
        !HostFormat.IsPresent(level, old)
        || (HostFormat.FrameOf(level, old) == claim.Frame && HostFormat.KeepsRights(level, old, HostFormat.FromGuest(level, claim.Value)));
}
