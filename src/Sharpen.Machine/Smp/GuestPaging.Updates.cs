using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Smp;

/// <summary>Single entries and roots.</summary>
public ref partial struct GuestPaging
{
    private const ulong EntryBytes = 8;

    /// <summary>Writes an entry of a table, or a word of a frame that the guest may write.</summary>
    /// <param name="place">The machine address of the entry: any number.</param>
    /// <param name="entry">The entry, as the processor encodes it.</param>
    /// <param name="keepsNotes">True: accessed and dirty stay set if they were.</param>
    /// <returns>EINVAL: no place of the domain's, one of the hypervisor's entries, an entry that no guest may have, or not a table that could
    /// stand below; EBUSY: the page is not the domain's, or relied on as something else; EPERM: a device, not for the domain; EAGAIN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Result Write(ulong place, ulong entry, bool keepsNotes)
    {
        Mfn frame = new(place >> PageSize.Shift);
        return place % EntryBytes == 0 && _frames.Unwinding.IsKnownLeaf(frame)
            ? WriteLeaf(frame, IndexOf(place), new GuestClaim(entry), keepsNotes) : WriteAnywhere(place, entry, keepsNotes);
    }

    private Result WriteAnywhere(ulong place, ulong entry, bool keepsNotes)
    {
        if (!Settle().Try(out Errno unfinished) || place % EntryBytes != 0)
        {
            return unfinished == Errno.None ? Errno.Inval : unfinished;
        }

        Mfn frame = new(place >> PageSize.Shift);
        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref info, _owner))
        {
            return Errno.Inval;
        }

        Result written = WriteHeld(ref info, frame, IndexOf(place), entry, keepsNotes);
        FrameCounts.Drop(ref info);
        return written;
    }

    private Result WriteHeld(ref FrameInfo info, Mfn frame, int index, ulong entry, bool keepsNotes)
    {
        if (!FrameCounts.IsValidated(in info))
        {
            return WriteWord(ref info, frame, index, entry);
        }

        FrameType type = FrameCounts.TypeOf(in info);
        if (type != FrameType.L1Table)
        {
            return WriteEntry(frame, index, (int)type, new GuestClaim(entry), keepsNotes);
        }

        _frames.Unwinding.KnowLeaf(frame);
        return WriteLeaf(frame, index, new GuestClaim(entry), keepsNotes);
    }

    /// <summary>Writes the entry that maps an address in the page tables that a vCPU's kernel runs on. EINVAL also: no table maps it.</summary>
    public Result WriteAt(scoped in VcpuContext context, GuestLinear address, ulong entry)
    {
        if (!Settle().Try(out Errno unfinished))
        {
            return unfinished;
        }

        if (!address.IsGuest || !GuestTables.TryFindEntry(GuestCpu.RootOf(in context), address.Value, out Mfn table, out int index))
        {
            return Errno.Inval;
        }

        return WriteLeaf(table, index, new GuestClaim(entry), keepsNotes: false);
    }

    /// <summary>The vCPU that this CPU serves runs its kernel on other page tables. Errors as <see cref="Pin"/>.</summary>
    public Result SetRoot(scoped ref VcpuContext context, Mfn frame)
    {
        if (!HoldTable(frame, L4Table.Level).Try(out Errno error))
        {
            return error;
        }

        Mfn old = GuestCpu.ExchangeRoot(ref context, frame);
        ReleaseTable(ref FrameTable.Of(old));
        return Result.Success;
    }

    /// <summary>The same for its user code; frame 0 means none. Errors as <see cref="Pin"/>.</summary>
    public Result SetUserRoot(scoped ref VcpuContext context, Mfn frame)
    {
        if (frame.Value != 0 && !HoldTable(frame, L4Table.Level).Try(out Errno error))
        {
            return error;
        }

        Mfn old = GuestCpu.ExchangeUserRoot(ref context, frame);
        if (old.Value != 0)
        {
            ReleaseTable(ref FrameTable.Of(old));
        }

        return Result.Success;
    }

    /// <summary>Changes an entry of a whole table of level 1 of the domain's. Under its lock the table stays one while references are taken and given
    /// up that concern pages only, and so needs no hold; what takes more goes the long way.</summary>
    private Result WriteLeaf(Mfn table, int index, GuestClaim claim, bool keepsNotes)
    {
        if (!GuestTables.TryPutPage(table, index, claim, _refused, _pages, keepsNotes, out ulong old))
        {
            return WriteEntry(table, index, L1Table.Level, claim, keepsNotes);
        }

        _budget = unchecked(_budget - 1);
        if (HostFormat.IsPresent(L1Table.Level, old))
        {
            RetireLeaf(old, claim);
        }

        return Result.Success;
    }

    /// <summary>Changes an entry of a table. The table is held as one: taking the new references may undo what else held it.</summary>
    private Result WriteEntry(Mfn table, int index, int level, GuestClaim claim, bool keepsNotes)
    {
        if (!GuestTables.IsGuestEntry(level, index))
        {
            return Errno.Inval;
        }

        ref FrameInfo info = ref FrameTable.Of(table);
        if (!FrameCounts.TryHoldAgain(ref info))
        {
            return Errno.Busy;
        }

        if (!FrameCounts.HoldType(ref info, (FrameType)(byte)level).Try(out Errno error))
        {
            FrameCounts.Drop(ref info);
            return error;
        }

        Result taken = GuestTables.TryTakeLinear(table, claim, level, ref _frames) ? Result.Success : Take(level, ref claim);
        if (taken.Try(out _))
        {
            _budget--;
            Retire(table, level, GuestTables.Put(table, index, level, claim, keepsNotes), claim);
        }

        _frames.Unwinding.DropTable(ref info);
        FrameCounts.Drop(ref info);
        return taken;
    }

    /// <summary>Takes the references of a new entry; if a replaced one stands in the way, once more without it.</summary>
    private Result Take(int level, ref GuestClaim claim)
    {
        Result taken = GuestTables.TakeClaim(ref claim, level, _pages, ref _frames, ref _budget);
        if (taken.Error == Errno.Again && _frames.IsRemembered)
        {
            Forget();
            taken = GuestTables.TakeClaim(ref claim, level, _pages, ref _frames, ref _budget);
        }

        if (taken.Error is not (Errno.Busy or Errno.Inval) || _frames.Replaced.IsEmpty)
        {
            return taken;
        }

        Forget();
        return Settle().Try(out Errno unfinished) ? GuestTables.TakeClaim(ref claim, level, _pages, ref _frames, ref _budget) : unfinished;
    }

    /// <summary>Gives up a replaced entry, now or when no CPU remembers it any more.</summary>
    private void Retire(Mfn table, int level, ulong old, GuestClaim claim)
    {
        if (level == L1Table.Level)
        {
            if (HostFormat.IsPresent(level, old))
            {
                RetireLeaf(old, claim);
            }

            return;
        }

        if (GuestTables.IsHarmless(level, old, claim))
        {
            GuestTables.ReleaseEntry(table, level, old, ref _frames.Unwinding);
            return;
        }

        Flush();
        GuestTables.ReleaseEntry(table, level, old, ref _frames.Unwinding);
        Settle().Try(out _);
    }

    /// <summary>The same for a present entry of level 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RetireLeaf(ulong old, GuestClaim claim)
    {
        if (GuestTables.IsHarmless(L1Table.Level, old, claim))
        {
            GuestTables.Forget(old);
        }
        else if (GuestTables.TryForget(old, _owner))
        {
            _frames.IsRemembered = true;
        }
        else
        {
            Remember(old);
        }
    }

    private void Remember(ulong old)
    {
        if (_frames.Replaced.IsFull)
        {
            Forget();
        }

        _frames.Replaced.Add(old);
    }

    /// <summary>A table that the guest is still filling may be filled by us as well.</summary>
    private Result WriteWord(ref FrameInfo info, Mfn frame, int index, ulong value)
    {
        if (!GuestTables.HoldLeaf(ref info, FrameType.Writable, ref _frames, ref _budget).Try(out Errno error))
        {
            return error;
        }

        _budget--;
        GuestTables.PutWord(frame, index, value);
        FrameCounts.DropType(ref info, FrameType.Writable);
        return Result.Success;
    }
}
