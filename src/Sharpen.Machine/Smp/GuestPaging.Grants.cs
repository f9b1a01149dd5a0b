using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Smp;

/// <summary>Pages of other domains, which their owners have granted: who may is the caller's to decide, what an entry may lead to is checked here.</summary>
public ref partial struct GuestPaging
{
    private const int GrantCost = 16;
    private const ulong PresentUserNoted = 0x65;
    private const ulong WritableBit = 2;
    private const ulong NoExecuteBit = 1UL << 63;
    private const ulong SoftwareBits = 0xe00;

    /// <summary>Maps a frame of another domain, whatever was mapped there before; the entry holds the frame as any other does.</summary>
    /// <param name="place">Where.</param>
    /// <param name="frame">Any number.</param>
    /// <param name="granter">Whose it must be.</param>
    /// <param name="isWritable">Whether it may be written.</param>
    /// <param name="softwareBits">What of bits 9 to 11 the guest wants in the entry.</param>
    /// <returns>ENOENT: not a frame of that domain; EBUSY: relied on as something that must not be written; EINVAL: no such place; EAGAIN.</returns>
    public Result MapForeign(scoped in EntryPlace place, Mfn frame, DomainId granter, bool isWritable, ulong softwareBits)
    {
        if (!Settle().Try(out Errno unfinished))
        {
            return unfinished;
        }

        _budget -= GrantCost;
        ref FrameInfo target = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref target, granter))
        {
            return Errno.NoEnt;
        }

        Result held = !isWritable || FrameCounts.TryHoldWritable(ref target) ? Result.Success : FrameCounts.HoldType(ref target, FrameType.Writable);
        if (!held.Try(out _))
        {
            FrameCounts.Drop(ref target);
            return held;
        }

        if (!TryFind(in place, out Mfn table, out int index))
        {
            FrameCounts.DropType(ref target, isWritable ? FrameType.Writable : FrameType.None);
            FrameCounts.Drop(ref target);
            return Errno.Inval;
        }

        ulong entry = PresentUserNoted | NoExecuteBit | (frame.Value << PageSize.Shift) | (softwareBits & SoftwareBits) | (isWritable ? WritableBit : 0);
        ExchangeLeaf(table, index, new GuestClaim(entry));
        return Result.Success;
    }

    private void ExchangeLeaf(Mfn table, int index, GuestClaim claim)
    {
        ulong old = GuestTables.Exchange(table, index, claim);
        if (HostFormat.IsPresent(L1Table.Level, old))
        {
            RetireLeaf(old, claim);
        }
    }

    /// <summary>Empties the entry of a page that was mapped so. What it held is given up when no CPU remembers it.</summary>
    /// <param name="place">Where.</param>
    /// <param name="frame">What must be mapped there.</param>
    /// <param name="isWritable">And how.</param>
    /// <returns>EINVAL: something else is there, or there is no such place; EAGAIN.</returns>
    public Result UnmapForeign(scoped in EntryPlace place, Mfn frame, bool isWritable)
    {
        if (!Settle().Try(out Errno unfinished))
        {
            return unfinished;
        }

        _budget -= GrantCost;
        if (!TryFind(in place, out Mfn table, out int index) || !GuestTables.LeadsTo(table, index, frame, isWritable))
        {
            return Errno.Inval;
        }

        ExchangeLeaf(table, index, new GuestClaim(0));
        return Result.Success;
    }

    /// <summary>As <see cref="UnmapForeign"/>, but the entry at another place, with all that it holds, moves to where the page was.</summary>
    /// <param name="place">Where.</param>
    /// <param name="frame">What must be mapped there.</param>
    /// <param name="isWritable">And how.</param>
    /// <param name="from">Where the other entry is.</param>
    public Result ReplaceForeign(scoped in EntryPlace place, Mfn frame, bool isWritable, scoped in EntryPlace from)
    {
        if (!Settle().Try(out Errno unfinished))
        {
            return unfinished;
        }

        _budget -= GrantCost;
        if (!TryFind(in place, out Mfn table, out int index) || !TryFind(in from, out Mfn source, out int sourceIndex)
            || (table == source && index == sourceIndex) || !GuestTables.LeadsTo(table, index, frame, isWritable))
        {
            return Errno.Inval;
        }

        Retire(table, L1Table.Level, GuestTables.Move(source, sourceIndex, table, index), new GuestClaim(0));
        FlushAll();
        return Result.Success;
    }

    private readonly bool TryFind(scoped in EntryPlace place, out Mfn table, out int index)
    {
        if (!place.IsMachine)
        {
            table = default;
            index = 0;
            GuestLinear address = new(place.Address);
            return address.IsGuest && GuestTables.TryFindEntry(place.Root, address.Value, out table, out index);
        }

        table = new Mfn(place.Address >> PageSize.Shift);
        index = (int)((place.Address & PageSize.OffsetMask) / EntryBytes);
        ref FrameInfo info = ref FrameTable.Find(table);
        if (place.Address % EntryBytes != 0 || !FrameCounts.TryHold(ref info, _owner))
        {
            return false;
        }

        // Under the domain's lock a table that is whole stays one.
        bool isTable = FrameCounts.IsValidated(in info) && FrameCounts.TypeOf(in info) == FrameType.L1Table;
        FrameCounts.Drop(ref info);
        return isTable;
    }
}
