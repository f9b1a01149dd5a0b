using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>A list of mappings of grants to be undone, in pieces that each end with one flush.</summary>
/// <typeparam name="TCall">What one operation does.</typeparam>
/// <typeparam name="T">An operation.</typeparam>
internal static class GrantUndoing<TCall, T>
    where TCall : struct, IGrantUndo<T>
    where T : unmanaged, IAbiData
{
    /// <summary>Works on the list until it ends, fails, or time is up. EINVAL: a count below zero; EFAULT: an operation cannot be reached.</summary>
    internal static Answer Run(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<T>.Begin(in call, out GrantBatch<T> batch).Try(out Errno malformed))
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

    private static Result Work(ref GuestPaging visit, ref GrantUnmapBatch undone, ref GrantBatch<T> batch)
    {
        if (!visit.Settle().Try(out Errno unfinished))
        {
            return unfinished;
        }

        T operation = default;
        while (batch.Left != 0)
        {
            if (visit.IsSpent || undone.IsNearlyFull)
            {
                return Errno.Again;
            }

            if (!batch.TryFill(ref operation))
            {
                return Errno.Fault;
            }

            if (TCall.Undo(ref undone, ref visit, ref operation) == GrantStatus.Again)
            {
                return Errno.Again;
            }

            if (!batch.TryWrite(in operation))
            {
                return Errno.Fault;
            }

            batch.Index++;
        }

        return Result.Success;
    }
}
