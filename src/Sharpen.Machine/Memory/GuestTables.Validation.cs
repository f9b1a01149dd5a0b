using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>
/// Tables that guests fill themselves. A frame becomes a table when each of its 512 entries has been checked and holds what it leads to;
/// it stops being one when the last user lets go. Both happen in pieces: the first <see cref="FrameInfo.Progress"/> entries hold
/// references, whichever way the work was going when it stopped, and so it can go on either way.
/// </summary>
/// <remarks>All of it under the lock of the domain that owns the tables.</remarks>
public static unsafe partial class GuestTables
{
    /// <summary>
    /// Takes a type reference on a frame that the caller holds, as a table of a level, checking its entries and the tables below if nobody
    /// has. EINVAL: an entry that no guest may have, or relied on as something else; EBUSY, EPERM: what an entry leads to is not for that;
    /// EAGAIN: budget spent, or CPUs may remember that the guest could write it; call again.
    /// </summary>
    /// <param name="info">The frame.</param>
    /// <param name="level">1 to 4; the recursion is as deep as that.</param>
    /// <param name="frames">Of the owner; nothing is being unwound unless an error is returned.</param>
    /// <param name="budget">How many entries may be looked at.</param>
    internal static Result HoldTable(ref FrameInfo info, int level, ref DomainFrames frames, ref int budget)
    {
        FrameType type = (FrameType)(byte)level;
        if (FrameCounts.HoldType(ref info, type).Try(out _))
        {
            return Result.Success;
        }

        if (frames.IsRemembered)
        {
            return Errno.Again;
        }

        if (!FrameCounts.TryOpenTable(ref info, type, out bool isFresh))
        {
            return Reclaim(ref info, ref frames, ref budget).Try(out Errno busy) ? HoldFresh(ref info, type, ref frames, ref budget) : Conflict(busy);
        }

        return Begin(ref info, isFresh).Try(out Errno error) ? Validate(ref info, type, ref frames, ref budget) : error;
    }

    /// <summary>Takes a type reference for a mapping: on a frame that was a table and is none any more in all but name, too.</summary>
    internal static Result HoldLeaf(ref FrameInfo info, FrameType type, ref DomainFrames frames, ref int budget)
    {
        if (type == FrameType.SegmentDescriptors && frames.IsRemembered && FrameCounts.TypeOf(in info) != type)
        {
            return Errno.Again;
        }

        if (FrameCounts.HoldType(ref info, type).Try(out _))
        {
            return Result.Success;
        }

        return Reclaim(ref info, ref frames, ref budget).Try(out Errno error) ? FrameCounts.HoldType(ref info, type) : error;
    }

    /// <summary>Checks an entry and takes the references that it is to hold. Errors as <see cref="HoldTable"/>; nothing is held then.
    /// EPERM: no memory, and the domain has no right to devices there.</summary>
    /// <param name="claim">The entry; where a device may only be read, it says so afterwards.</param>
    /// <param name="level">Of the table that it is for.</param>
    /// <param name="pages">Whose frame it may lead to; a foreigner's only if it is of level 1.</param>
    /// <param name="frames">Of the owner of the table.</param>
    /// <param name="budget">How many entries may be looked at.</param>
    internal static Result TakeClaim(ref GuestClaim claim, int level, PageSource pages, ref DomainFrames frames, ref int budget)
    {
        if (!claim.Check(level, frames.HasDevices).Try(out Errno malformed) || !claim.IsPresent)
        {
            return malformed;
        }

        ref FrameInfo target = ref FrameTable.Find(claim.Frame);
        if (!FrameCounts.TryHold(ref target, pages.Owner))
        {
            return level == L1Table.Level ? TakeDevice(ref claim, pages.HasDevices, in frames.Devices) : Errno.Inval;
        }

        FrameType leaf = claim.IsWritable ? FrameType.Writable : FrameType.None;
        Result held = level > L1Table.Level ? HoldTable(ref target, level - 1, ref frames, ref budget)
            : pages.IsForeign ? FrameCounts.HoldType(ref target, leaf)
            : HoldLeaf(ref target, leaf, ref frames, ref budget);
        if (!held.Try(out _))
        {
            FrameCounts.Drop(ref target);
        }

        return held;
    }

    /// <summary>An entry that leads to no memory holds nothing. EBUSY: it is memory of others; EINVAL: it stands for none; EPERM: not for this domain.</summary>
    private static Result TakeDevice(ref GuestClaim claim, bool hasDevices, in IoRanges devices)
    {
        DeviceAccess access = DeviceFrames.AccessOf(claim.Frame);
        if (access == DeviceAccess.Memory)
        {
            return Errno.Busy;
        }

        if (access == DeviceAccess.None || !hasDevices || !devices.Contains(claim.Frame.Value, claim.Frame.Value))
        {
            return DeviceFrames.IsNone(claim.Frame) ? Errno.Inval : Errno.Perm;
        }

        claim = access == DeviceAccess.Read ? claim.ForDevice.ReadOnly : claim.ForDevice;
        return Result.Success;
    }

    /// <summary>Gives up what an entry held; a table below that nobody needs any more begins to unwind.</summary>
    internal static void ReleaseEntry(Mfn table, int level, ulong entry, ref TableUnwinding unwinding)
    {
        if (level == L1Table.Level || !HostFormat.IsPresent(level, entry))
        {
            Release(table, level, entry);
            return;
        }

        if (HostFormat.FrameOf(level, entry) == table)
        {
            return;
        }

        ref FrameInfo child = ref FrameTable.Of(HostFormat.FrameOf(level, entry));
        unwinding.DropTable(ref child);
        FrameCounts.Drop(ref child);
    }

    /// <summary>
    /// Takes what an entry holds by which a table leads to itself, which is nothing, or to another of its own level, which is that table. False: it is no
    /// such entry, or that other is not whole, or leads on, or this one is led to; nothing is held then.
    /// </summary>
    internal static bool TryTakeLinear(Mfn table, GuestClaim claim, int level, ref DomainFrames frames) =>
        claim.IsLinear(level, table) || (claim.MayLeadAcross(level, table) && TryTakeAcross(table, claim.Frame, level, ref frames));

    private static bool TryTakeAcross(Mfn table, Mfn other, int level, ref DomainFrames frames)
    {
        ref FrameInfo from = ref FrameTable.Of(table);
        ref FrameInfo to = ref FrameTable.Find(other);
        if (!FrameCounts.TryHold(ref to, from.Owner))
        {
            return false;
        }

        FrameType type = (FrameType)(byte)level;
        bool isTaken = FrameCounts.TypeOf(in to) == type && FrameCounts.TypeReferences(in to) != 0 && FrameCounts.MayLead(in from, in to)
            && FrameCounts.HoldType(ref to, type).Try(out _);
        if (!isTaken)
        {
            FrameCounts.Drop(ref to);
            return false;
        }

        FrameCounts.Lead(ref from, ref to);
        frames.LeadsAcross = true;
        return true;
    }

    private static Result HoldFresh(ref FrameInfo info, FrameType type, ref DomainFrames frames, ref int budget)
    {
        if (!FrameCounts.TryOpenTable(ref info, type, out bool isFresh))
        {
            return Errno.Inval;
        }

        return Begin(ref info, isFresh).Try(out Errno error) ? Validate(ref info, type, ref frames, ref budget) : error;
    }

    /// <summary>A frame that is something else cannot be a table: no guest can wait for that to change.</summary>
    private static Errno Conflict(Errno error) => error == Errno.Busy ? Errno.Inval : error;

    /// <summary>Unwinds a table that nobody relies on, so that its frame may be something else. EBUSY: somebody does; EAGAIN.</summary>
    private static Result Reclaim(ref FrameInfo info, ref DomainFrames frames, ref int budget) =>
        frames.Unwinding.TryBegin(ref info) ? frames.Unwinding.Continue(ref budget) : Errno.Busy;

    /// <summary>The contents of an opened table hold it.</summary>
    private static Result Begin(ref FrameInfo info, bool isFresh)
    {
        if (!isFresh)
        {
            return Result.Success;
        }

        info.Progress = 0;
        if (FrameCounts.TryHoldAgain(ref info))
        {
            return Result.Success;
        }

        FrameCounts.DropType(ref info, FrameCounts.TypeOf(in info));
        Bug.Unless(FrameCounts.TryEndTable(ref info));
        return Errno.Busy;
    }

    /// <summary>Goes through the entries of an opened table. On success its one type reference is the caller's.</summary>
    private static Result Validate(ref FrameInfo info, FrameType type, ref DomainFrames frames, ref int budget)
    {
        Mfn table = FrameTable.FrameOf(ref info);
        Result admitted = type == FrameType.L1Table
            ? AdmitLeaves(ref info, table, ref frames, ref budget) : AdmitTables(ref info, table, (int)type, ref frames, ref budget);
        if (!admitted.Try(out Errno error))
        {
            FrameCounts.DropType(ref info, type);
            Bug.Unless(error == Errno.Again || frames.Unwinding.TryBegin(ref info));
            return error;
        }

        FrameCounts.FinishTable(ref info);
        return Result.Success;
    }

    /// <summary>Checks one entry of a table in the making and puts it into the form in which CPUs may see it.</summary>
    private static Result Admit(Mfn table, int index, int level, DomainId owner, ref DomainFrames frames, ref int budget)
    {
        if (!IsGuestEntry(level, index))
        {
            Swap(table, index, PageTables<HostFormat>.EntriesOf(HostTables.RootFrame)[index]);
            return Result.Success;
        }

        ulong written = Read(table, index);
        GuestClaim claim = new(written);
        Result taken = TryTakeLinear(table, claim, level, ref frames) ? Result.Success
            : TakeClaim(ref claim, level, new PageSource(owner, frames.HasDevices), ref frames, ref budget);
        ulong entry = HostFormat.FromGuest(level, claim.Value);
        if (taken.Try(out _) && entry != written)
        {
            Swap(table, index, entry);
        }

        return taken;
    }
}
