using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Smp;

/// <summary>Entries that a kernel changes as if its tables were writable: the write faulted, and is done for it.</summary>
public ref partial struct GuestPaging
{
    /// <summary>Where the entry lies that a kernel meant to write at an address. EINVAL: that address does not lead to a table of level 1 of
    /// the domain's that it may read, or the entry would cross its end; EAGAIN.</summary>
    /// <param name="context">The vCPU that this CPU serves.</param>
    /// <param name="address">Any number; where in an entry does not matter.</param>
    /// <param name="place">The machine address of the entry.</param>
    public Result FindEntry(scoped in VcpuContext context, GuestLinear address, out ulong place)
    {
        place = 0;
        if (!Settle().Try(out Errno unfinished))
        {
            return unfinished;
        }

        if (!address.IsGuest || !GuestTables.TryTranslate(GuestCpu.RootOf(in context), address.Value, out Mfn frame, out bool isWritable) || isWritable)
        {
            return Errno.Inval;
        }

        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref info, _owner))
        {
            return Errno.Inval;
        }

        bool isTable = FrameCounts.IsValidated(in info) && FrameCounts.TypeOf(in info) == FrameType.L1Table;
        FrameCounts.Drop(ref info);
        place = frame.Start.Value + (address.Value & PageSize.OffsetMask & ~(EntryBytes - 1));
        return isTable ? Result.Success : Errno.Inval;
    }

    /// <summary>True when an address leads to registers of a device that the guest may read and the hypervisor alone writes.</summary>
    /// <param name="context">The vCPU that this CPU serves; its kernel runs.</param>
    /// <param name="address">Any number.</param>
    public readonly bool IsReadOnlyDevice(scoped in VcpuContext context, GuestLinear address) =>
        _frames.HasDevices && address.IsGuest && GuestTables.TryTranslate(GuestCpu.RootOf(in context), address.Value, out Mfn frame, out bool isWritable)
        && !isWritable && DeviceFrames.AccessOf(frame) == DeviceAccess.Read;

    /// <summary>What stands at a place that <see cref="FindEntry"/> gave in this visit, as the guest reads it.</summary>
    public readonly ulong ReadEntry(ulong place) =>
        HostFormat.ToGuest(L1Table.Level, GuestTables.ReadEntry(new Mfn(place >> PageSize.Shift), IndexOf(place)));

    /// <summary>
    /// Puts an entry at such a place if another stands there, in one step that no CPU which walks the table can disturb. What the
    /// CPU notes meanwhile (accessed, dirty) makes it fail.
    /// </summary>
    /// <param name="place">From <see cref="FindEntry"/>, in this visit.</param>
    /// <param name="expected">What must stand there, as the guest reads it.</param>
    /// <param name="entry">The entry, as the processor encodes it.</param>
    /// <param name="isDone">False: something else stood there, nothing is changed.</param>
    /// <returns>Errors as <see cref="Write"/>.</returns>
    public Result ExchangeEntry(ulong place, ulong expected, ulong entry, out bool isDone)
    {
        isDone = false;
        Mfn table = new(place >> PageSize.Shift);
        int index = IndexOf(place);
        ulong old = GuestTables.ReadEntry(table, index);
        if (HostFormat.ToGuest(L1Table.Level, old) != expected)
        {
            return Result.Success;
        }

        ref FrameInfo info = ref FrameTable.Find(table);
        if (!FrameCounts.TryHold(ref info, _owner))
        {
            return Errno.Inval;
        }

        Result held = FrameCounts.HoldType(ref info, FrameType.L1Table);
        if (held.Try(out _))
        {
            GuestClaim claim = new(entry);
            held = Take(L1Table.Level, ref claim);
            if (held.Try(out _))
            {
                _budget--;
                isDone = GuestTables.TryPut(table, index, old, claim);
                if (isDone)
                {
                    Retire(table, L1Table.Level, old, claim);
                }
                else
                {
                    GuestTables.Forget(HostFormat.FromGuest(L1Table.Level, claim.Value));
                }
            }

            _frames.Unwinding.DropTable(ref info);
        }

        FrameCounts.Drop(ref info);
        return held;
    }

    private static int IndexOf(ulong place) => unchecked((int)((uint)(place & PageSize.OffsetMask) / (uint)EntryBytes));
}
