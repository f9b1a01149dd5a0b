using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>
/// All entries of a table, one behind the other: what a fork, an exec and an exit of a guest's process mostly consist of. Entries that
/// translate nothing are passed over by runs of <see cref="HostFormat.RunEntries"/>; a run costs what one entry costs.
/// </summary>
public static unsafe partial class GuestTables
{
    /// <summary>Checks the entries of a table of level 1 from where the work stopped. Errors as <see cref="TakeClaim"/>.</summary>
    /// <remarks>Safety: the frame is held as a table in the making, which no guest can write and no CPU walks.</remarks>
    private static Result AdmitLeaves(ref FrameInfo info, Mfn table, ref DomainFrames frames, ref int budget)
    {
        PageSource pages = new(info.Owner, frames.HasDevices);
        ulong refused = GuestClaim.RefusedInLeaf(frames.HasDevices);
        byte* start = View(table);
        ulong* entries = (ulong*)start;
        Result taken = Result.Success;
        int index = info.Progress;
        int looks = budget;
        while (index < Entries)
        {
            if (looks <= 0)
            {
                taken = Errno.Again;
                break;
            }

            looks = unchecked(looks - 1);
            ulong* entry = entries + index;
            if (IsStartOfRun(index) && HostFormat.TryAdmitAbsent(entry))
            {
                index = unchecked(index + HostFormat.RunEntries);
                continue;
            }

            GuestClaim claim = new(Volatile.Read(ref *entry));
            if (!TryTakePage(claim, refused, pages.Owner))
            {
                budget = looks;
                taken = TakeOther(entry, pages, ref frames, ref budget);
                looks = budget;
                if (!taken.Try(out _))
                {
                    break;
                }
            }
            else
            {
                Rewrite(entry, claim.Value, HostFormat.FromGuest(L1Table.Level, claim.Value));
            }

            index = unchecked(index + 1);
        }

        EndView(table, start);
        info.Progress = (ushort)index;
        budget = looks;
        return taken;
    }

    /// <summary>An entry that is no page of the owner's in its usual use.</summary>
    private static Result TakeOther(ulong* entry, PageSource pages, ref DomainFrames frames, ref int budget)
    {
        ulong written = Volatile.Read(ref *entry);
        GuestClaim claim = new(written);
        Result taken = TakeClaim(ref claim, L1Table.Level, pages, ref frames, ref budget);
        if (taken.Try(out _))
        {
            Rewrite(entry, written, HostFormat.FromGuest(L1Table.Level, claim.Value));
        }

        return taken;
    }

    /// <summary>The same for a table of a higher level, where checking an entry may mean checking a table.</summary>
    private static Result AdmitTables(ref FrameInfo info, Mfn table, int level, ref DomainFrames frames, ref int budget)
    {
        int index = PassAbsent(table, level, info.Progress, ref budget);
        Result taken = Result.Success;
        while (index < Entries)
        {
            if (budget <= 0)
            {
                taken = Errno.Again;
                break;
            }

            budget--;
            taken = Admit(table, index, level, info.Owner, ref frames, ref budget);
            if (!taken.Try(out _))
            {
                break;
            }

            index = PassAbsent(table, level, index + 1, ref budget);
        }

        info.Progress = (ushort)index;
        return taken;
    }

    /// <summary>Gives up entries of a table, the last first, and leaves them as the guest would read them: to the first, until a table below
    /// begins to unwind, or until the budget is spent.</summary>
    /// <remarks>Safety: nobody relies on the table, so that no CPU walks it.</remarks>
    internal static void GiveUp(ref FrameInfo info, ref TableUnwinding unwinding, ref int budget)
    {
        int level = (int)FrameCounts.TypeOf(in info);
        Mfn table = FrameTable.FrameOf(ref info);
        byte* start = View(table);
        if (level == L1Table.Level)
        {
            GiveUpLeaves(ref info, (ulong*)start, ref budget);
        }
        else
        {
            GiveUpTables(ref info, table, (ulong*)start, level, ref unwinding, ref budget);
        }

        EndView(table, start);
    }

    private static void GiveUpLeaves(ref FrameInfo info, ulong* entries, ref int budget)
    {
        int index = info.Progress;
        int looks = budget;
        while (index > 0 && looks > 0)
        {
            looks = unchecked(looks - 1);
            if (IsStartOfRun(index) && HostFormat.TryRevealAbsent(entries + index - HostFormat.RunEntries))
            {
                index = unchecked(index - HostFormat.RunEntries);
                continue;
            }

            index = unchecked(index - 1);
            ulong entry = Volatile.Read(ref entries[index]);
            Rewrite(entries + index, entry, HostFormat.ToGuest(L1Table.Level, entry));
            if (HostFormat.IsPresent(L1Table.Level, entry))
            {
                ref FrameInfo page = ref FrameTable.Find(HostFormat.FrameOf(L1Table.Level, entry));
                if (FrameCounts.IsCounted(ref page))
                {
                    Release(ref page, L1Table.Level, entry);
                }
            }
        }

        info.Progress = (ushort)index;
        budget = looks;
    }

    private static void GiveUpTables(ref FrameInfo info, Mfn table, ulong* entries, int level, ref TableUnwinding unwinding, ref int budget)
    {
        int index = info.Progress;
        int depth = unwinding.Depth;
        while (index > 0 && budget > 0 && unwinding.Depth == depth)
        {
            int passed = PassAbsentBack(entries, level, index, ref budget);
            if (passed != index)
            {
                index = passed;
                continue;
            }

            budget--;
            index--;
            info.Progress = (ushort)index;
            ulong entry = Volatile.Read(ref entries[index]);
            if (!IsGuestEntry(level, index))
            {
                Volatile.Write(ref entries[index], 0);
                continue;
            }

            Rewrite(entries + index, entry, HostFormat.ToGuest(level, entry));
            ReleaseEntry(table, level, entry, ref unwinding);
        }

        info.Progress = (ushort)index;
    }

    /// <summary>Takes the references of what nearly all entries are: pages in their usual use. False: nothing is held, and <see cref="TakeClaim"/> says why.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTakePage(GuestClaim claim, ulong refused, DomainId owner)
    {
        if (!claim.IsPresentWithout(refused))
        {
            return false;
        }

        if (!FrameTable.Describes(claim.Frame))
        {
            return false;
        }

        ref FrameInfo page = ref FrameTable.Of(claim.Frame);
        if (!FrameCounts.TryHoldKnown(ref page, owner))
        {
            return false;
        }

        if (!claim.IsWritable || FrameCounts.TryHoldWritable(ref page))
        {
            return true;
        }

        FrameCounts.Drop(ref page);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rewrite(ulong* place, ulong old, ulong entry)
    {
        if (entry != old)
        {
            Volatile.Write(ref *place, entry);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsStartOfRun(int index) => (index & (HostFormat.RunEntries - 1)) == 0;

    /// <summary>Passes over runs that translate nothing and are the guest's: where the next entry is that has to be looked at.</summary>
    private static int PassAbsent(Mfn table, int level, int index, ref int budget)
    {
        int end = level != HostFormat.Levels || index >= AddressSpace.EndSlot ? Entries : AddressSpace.FirstSlot;
        if (!IsStartOfRun(index) || index > end - HostFormat.RunEntries)
        {
            return index;
        }

        byte* start = View(table);
        int looks = budget;
        while (index <= end - HostFormat.RunEntries && looks > 0 && HostFormat.TryAdmitAbsent((ulong*)start + index))
        {
            index = unchecked(index + HostFormat.RunEntries);
            looks = unchecked(looks - 1);
        }

        EndView(table, start);
        budget = looks;
        return index;
    }

    /// <summary>The same from the end on, for a table that is given up.</summary>
    private static int PassAbsentBack(ulong* entries, int level, int index, ref int budget)
    {
        int first = level != HostFormat.Levels || index <= AddressSpace.FirstSlot ? 0 : AddressSpace.EndSlot;
        int looks = budget;
        while (IsStartOfRun(index) && index - HostFormat.RunEntries >= first && looks > 0 && HostFormat.TryRevealAbsent(entries + index - HostFormat.RunEntries))
        {
            index = unchecked(index - HostFormat.RunEntries);
            looks = unchecked(looks - 1);
        }

        budget = looks;
        return index;
    }
}
