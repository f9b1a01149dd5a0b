using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Carries out a list of operations on page tables, in order, up to the first that is refused: pin, unpin, new root for kernel or user
/// code, flushes, clear and copy pages, local descriptors. Arguments: the list, its length, where to put how many are done, whose memory.
/// <see cref="Errno.Srch"/>: no such domain, or it is dying; <see cref="Errno.Perm"/>: not the caller's to name, or about the caller only;
/// <see cref="Errno.Inval"/>: not a frame of that domain, in use as something else, an entry that no guest may have, pinned or not pinned, no
/// such bitmap of vCPUs; <see cref="Errno.Busy"/>: what an entry leads to is in use as something else; <see cref="Errno.Acces"/>: a flush of
/// caches without a device; <see cref="Errno.Fault"/>: the list or the number cannot be reached; <see cref="Errno.OpNotSupp"/>: superpages;
/// <see cref="Errno.NoSys"/>: no such operation.
/// </summary>
[Hypercall(Hypercall.MmuExtendedOp)]
public readonly struct ManageMemoryTables : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        Result begun = MmuBatch<MmuExtendedOp>.Begin(in call, out MmuBatch<MmuExtendedOp> batch);
        if (!begun.Try(out _))
        {
            return begun;
        }

        ref Domain own = ref DomainList.Of(ref caller);
        Result decoded = MmuForeign.Decode(ref own, new DomainId(unchecked((ushort)call.Fourth)), out MmuForeign foreign);
        if (!decoded.Try(out _))
        {
            return batch.Finish(decoded);
        }

        ref Domain domain = ref foreign.Pages == own.Id ? ref own : ref DomainList.Find(foreign.Pages);
        if (Refs.IsNull(ref domain))
        {
            return WithoutMemory(ref batch);
        }

        Result done = WorkFor(ref domain, ref caller, ref batch, domain.Id == own.Id, out bool isSpent);
        bool isUnfinished = done.Error == Errno.Again || (done.Try(out _) && isSpent);
        return isUnfinished ? batch.Repeat() : batch.Finish(done);
    }

    private static Result WorkFor(ref Domain domain, ref Vcpu caller, ref MmuBatch<MmuExtendedOp> batch, bool isOwn, out bool isSpent)
    {
        isSpent = false;
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            if (domain.Phase >= DomainPhase.Dying)
            {
                return Errno.Srch;
            }

            GuestPaging visit = DomainPaging.Visit(held, ref domain);
            Result done = Work(ref visit, ref caller, ref batch, isOwn);
            isSpent = visit.IsSpent;
            visit.Dispose();
            return done;
        }
    }

    // The reserved ids own no memory: nothing of theirs is a table, and the rest is about the caller.
    private static Answer WithoutMemory(ref MmuBatch<MmuExtendedOp> batch)
    {
        if (!batch.HasMore)
        {
            return batch.Finish(Result.Success);
        }

        Result read = batch.Read().Try(out MmuExtendedOp operation, out Errno unreadable) ? Result.Success : unreadable;
        bool isAboutMemory = operation.Command is <= MmuExtendedCommand.UnpinTable or MmuExtendedCommand.ClearPage or MmuExtendedCommand.CopyPage;
        return batch.Finish(!read.Try(out _) ? read : isAboutMemory ? Errno.Inval : Errno.Perm);
    }

    private static Result Work(ref GuestPaging visit, ref Vcpu caller, ref MmuBatch<MmuExtendedOp> batch, bool isOwn)
    {
        Result done = visit.Settle();
        while (done.Try(out _) && batch.HasMore && !visit.IsSpent)
        {
            if (!batch.Read().Try(out MmuExtendedOp operation, out Errno unreadable))
            {
                return unreadable;
            }

            done = Any(ref visit, in operation);
            done = done.Error != Errno.NoSys ? done : isOwn ? Own(ref visit, ref caller, in operation) : Errno.Perm;
            if (done.Try(out _))
            {
                batch.Advance();
            }
        }

        return done.Try(out _) && batch.HasMore ? Errno.Again : done;
    }

    /// <summary>What can be done to any domain's memory. ENOSYS: something else.</summary>
    private static Result Any(ref GuestPaging visit, in MmuExtendedOp operation)
    {
        Mfn frame = new(operation.First);
        return operation.Command switch
        {
            <= MmuExtendedCommand.PinL4Table => visit.Pin(frame, (int)operation.Command + 1),
            MmuExtendedCommand.UnpinTable => visit.Unpin(frame),
            MmuExtendedCommand.ClearPage => visit.Clear(frame),
            MmuExtendedCommand.CopyPage => visit.Copy(frame, new Mfn(operation.Second)),
            _ => Errno.NoSys,
        };
    }

    /// <summary>What is about the vCPU that asks, and what CPUs remember for its domain.</summary>
    private static Result Own(ref GuestPaging visit, ref Vcpu caller, in MmuExtendedOp operation)
    {
        Mfn frame = new(operation.First);
        switch (operation.Command)
        {
            case MmuExtendedCommand.NewBasePointer:
                return visit.SetRoot(ref caller.Context, frame);
            case MmuExtendedCommand.NewUserBasePointer:
                return visit.SetUserRoot(ref caller.Context, frame);
            case MmuExtendedCommand.SetLdt:
                return GuestSegments.SetLdt(ref caller.Context, new GuestLinear(operation.First), unchecked((uint)operation.Second));
            case MmuExtendedCommand.FlushCache:
            case MmuExtendedCommand.FlushCacheGlobal:
                return visit.FlushCaches(operation.Command == MmuExtendedCommand.FlushCacheGlobal);
            case MmuExtendedCommand.TlbFlushLocal:
                GuestPaging.FlushHere();
                return Result.Success;
            case MmuExtendedCommand.InvalidateLocal:
                GuestPaging.FlushHere(new GuestLinear(operation.First));
                return Result.Success;
            case MmuExtendedCommand.TlbFlushMulti:
            case MmuExtendedCommand.InvalidateMulti:
                return FlushSome(ref visit, ref caller, operation.Second);
            case MmuExtendedCommand.TlbFlushAll:
            case MmuExtendedCommand.InvalidateAll:
                visit.FlushAll();
                return Result.Success;
            case MmuExtendedCommand.MarkSuper:
            case MmuExtendedCommand.UnmarkSuper:
                return Errno.OpNotSupp;
            default:
                return Errno.NoSys;
        }
    }

    // Every CPU that runs the domain forgets, which is more than was asked: the bitmap only has to be there.
    private static Result FlushSome(ref GuestPaging visit, ref Vcpu caller, ulong bitmap)
    {
        if (!VcpuBitmap.Check(in DomainList.Of(ref caller), bitmap).Try(out _))
        {
            return Errno.Inval;
        }

        visit.FlushAll();
        return Result.Success;
    }
}
