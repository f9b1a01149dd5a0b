using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Undoes mappings of grants for CPUs, and lets what is mapped at another address take their places; that address maps nothing
/// afterwards. Statuses and errors as of <c>GNTTABOP_unmap_grant_ref</c>.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.UnmapAndReplace)]
public readonly struct GrantReplacePages : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<GrantReplace>.Begin(in call, out GrantBatch<GrantReplace> batch).Try(out Errno malformed))
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

    private static Result Work(ref GuestPaging visit, ref GrantUnmapBatch undone, ref GrantBatch<GrantReplace> batch)
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

            if (!batch.Read(batch.Index).Try(out GrantReplace operation, out Errno unreadable))
            {
                return unreadable;
            }

            GrantUnmap unmap = new() { Address = operation.Address, Handle = operation.Handle };
            operation.Status = undone.Undo(ref visit, in unmap, operation.NewAddress);
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
