using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Undoes mappings of grants; no CPU remembers any of them when it is done. Each is told its own status: <see cref="GrantStatus.BadHandle"/>;
/// <see cref="GrantStatus.GeneralError"/>: it is not mapped there; <see cref="GrantStatus.BadDeviceAddress"/>. An address of zero leaves that part of the
/// mapping as it is. <see cref="Errno.Inval"/>: a count below zero; <see cref="Errno.Fault"/>: an operation cannot be reached.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.UnmapGrantRef)]
public readonly struct GrantUnmapPages : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<GrantUnmap>.Begin(in call, out GrantBatch<GrantUnmap> batch).Try(out Errno malformed))
        {
            return malformed;
        }

        ref Domain own = ref DomainList.Of(ref caller);
        using Locked<DomainRank> held = own.Lock.Enter(NoLocks.Held);
        GrantUnmapBatch undone = new(ref own, ref caller);
        GuestPaging visit = DomainPaging.Visit(held, ref own);
        Result done = Work(ref visit, ref undone, ref batch);
        visit.Dispose();
        undone.Finish(held);
        return done.Error == Errno.Again ? batch.Repeat() : done;
    }

    private static Result Work(ref GuestPaging visit, ref GrantUnmapBatch undone, ref GrantBatch<GrantUnmap> batch)
    {
        if (!visit.Settle().Try(out Errno unfinished))
        {
            return unfinished;
        }

        while (batch.Left != 0)
        {
            if (visit.IsSpent || undone.IsNearlyFull)
            {
                return Errno.Again;
            }

            if (!batch.Read(batch.Index).Try(out GrantUnmap operation, out Errno unreadable))
            {
                return unreadable;
            }

            operation.Status = undone.Undo(ref visit, in operation, replacement: 0);
            if (operation.Status == GrantStatus.Again)
            {
                return Errno.Again;
            }

            if (!batch.Write(batch.Index, operation).Try(out Errno unwritable))
            {
                return unwritable;
            }

            batch.Index++;
        }

        return Result.Success;
    }
}
