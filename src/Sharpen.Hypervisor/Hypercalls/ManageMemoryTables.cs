using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Carries out a list of operations on page tables, in order, up to the first that is refused: pin, unpin, new root for kernel or user
/// code, flushes, clear and copy pages, local descriptors. Arguments: the list, its length, where to put how many are done, whose memory.
/// <see cref="Errno.Perm"/>: another domain's; <see cref="Errno.Inval"/>: not a frame of the caller's, an entry that no guest may have, pinned or
/// not pinned; <see cref="Errno.Busy"/>: in use as something else; <see cref="Errno.Acces"/>: a flush of caches without a device;
/// <see cref="Errno.Fault"/>: the list or the number cannot be reached; <see cref="Errno.NoSys"/>: superpages, no such operation.
/// </summary>
[Hypercall(Hypercall.MmuExtendedOp)]
public readonly struct ManageMemoryTables : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        Result decoded = MmuForeign.Check(in caller, call.Fourth);
        MmuBatch<MmuExtendedOp> batch = default;
        decoded = decoded.Try(out _) ? MmuBatch<MmuExtendedOp>.Begin(in call, out batch) : decoded;
        if (!decoded.Try(out _))
        {
            return decoded;
        }

        ref Domain domain = ref DomainList.Of(ref caller);
        Result done;
        bool isSpent;
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            GuestPaging visit = DomainPaging.Visit(held, ref domain);
            done = Work(ref visit, ref caller, ref batch);
            isSpent = visit.IsSpent;
            visit.Dispose();
        }

        bool isUnfinished = done.Error == Errno.Again || (done.Try(out _) && isSpent);
        return isUnfinished ? batch.Repeat() : batch.Finish(done);
    }

    private static Result Work(ref GuestPaging visit, ref Vcpu caller, ref MmuBatch<MmuExtendedOp> batch)
    {
        Result done = visit.Settle();
        while (done.Try(out _) && batch.HasMore && !visit.IsSpent)
        {
            if (!batch.Read().Try(out MmuExtendedOp operation, out Errno unreadable))
            {
                return unreadable;
            }

            done = One(ref visit, ref caller, in operation);
            if (done.Try(out _))
            {
                batch.Advance();
            }
        }

        return done.Try(out _) && batch.HasMore ? Errno.Again : done;
    }

    private static Result One(ref GuestPaging visit, ref Vcpu caller, in MmuExtendedOp operation)
    {
        Mfn frame = new(operation.First);
        return operation.Command switch
        {
            <= MmuExtendedCommand.PinL4Table => visit.Pin(frame, (int)operation.Command + 1),
            MmuExtendedCommand.UnpinTable => visit.Unpin(frame),
            MmuExtendedCommand.NewBasePointer => visit.SetRoot(ref caller.Context, frame),
            MmuExtendedCommand.NewUserBasePointer => visit.SetUserRoot(ref caller.Context, frame),
            MmuExtendedCommand.ClearPage => visit.Clear(frame),
            MmuExtendedCommand.CopyPage => visit.Copy(frame, new Mfn(operation.Second)),
            MmuExtendedCommand.SetLdt => GuestSegments.SetLdt(ref caller.Context, new GuestLinear(operation.First), unchecked((uint)operation.Second)),
            MmuExtendedCommand.FlushCache or MmuExtendedCommand.FlushCacheGlobal => Errno.Acces,
            _ => Flush(ref visit, in operation),
        };
    }

    private static Result Flush(ref GuestPaging visit, in MmuExtendedOp operation)
    {
        switch (operation.Command)
        {
            case MmuExtendedCommand.TlbFlushLocal:
                GuestPaging.FlushHere();
                return Result.Success;
            case MmuExtendedCommand.InvalidateLocal:
                GuestPaging.FlushHere(new GuestLinear(operation.First));
                return Result.Success;
            case MmuExtendedCommand.TlbFlushMulti:
            case MmuExtendedCommand.InvalidateMulti:
            case MmuExtendedCommand.TlbFlushAll:
            case MmuExtendedCommand.InvalidateAll:
                visit.FlushAll();
                return Result.Success;
            default:
                return Errno.NoSys;
        }
    }
}
