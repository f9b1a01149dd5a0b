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
        index = IndexOf(guestAddress);
        for (int level = L4Table.Level; level > L1Table.Level; level--)
        {
            int at = PageTables<HostFormat>.IndexAt(level, address);
            ulong entry = Read(table, at);
            Mfn next = HostFormat.FrameOf(level, entry);
            if (!IsGuestEntry(level, at) || !HostFormat.IsPresent(level, entry) || next == table)
            {
                return false;
            }

            table = next;
        }

        return true;
    }

    /// <summary>Puts an entry whose references are taken in place of another; what that held is the caller's to give up.</summary>
    internal static ulong Put(Mfn table, int index, int level, GuestClaim claim, bool keepsNotes)
    {
        ulong wanted = HostFormat.FromGuest(level, claim.Value);
        if (!keepsNotes)
        {
            return Swap(table, index, wanted);
        }

        byte* start = View(table);
        ref ulong place = ref ((ulong*)start)[index];
        ulong old = Volatile.Read(ref place);
        while (true)
        {
            ulong entry = HostFormat.IsPresent(level, old) ? HostFormat.KeepNotes(wanted, old) : wanted;
            ulong seen = Interlocked.CompareExchange(ref place, entry, old);
            if (seen == old)
            {
                EndView(table, start);
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
        bool isDone = Interlocked.CompareExchange(ref ((ulong*)start)[index], wanted, old) == old;
        EndView(table, start);
        return isDone;
    }

    /// <summary>An entry of a table, as it stands there.</summary>
    internal static ulong ReadEntry(Mfn table, int index) => Read(table, index);

    /// <summary>True when an entry of level 1 leads to a frame with these rights.</summary>
    internal static bool LeadsTo(Mfn table, int index, Mfn frame, bool isWritable)
    {
        ulong entry = Read(table, index);
        return HostFormat.IsPresent(L1Table.Level, entry) && HostFormat.FrameOf(L1Table.Level, entry) == frame
            && ((HostFormat.AccessOf(L1Table.Level, entry) & PageAccess.Write) != 0) == isWritable;
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
    internal static bool IsHarmless(int level, ulong old, GuestClaim claim)
    {
        if (!HostFormat.IsPresent(level, old))
        {
            return true;
        }

        PageAccess before = HostFormat.AccessOf(level, old);
        PageAccess after = HostFormat.AccessOf(level, HostFormat.FromGuest(level, claim.Value));
        return claim.IsPresent && HostFormat.FrameOf(level, old) == claim.Frame && (before & ~after) == 0;
    }
}
