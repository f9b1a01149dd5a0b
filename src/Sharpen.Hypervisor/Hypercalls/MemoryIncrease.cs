using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Gives a domain more frames and says which. Answers how many extents it got: fewer when memory, the domain's limit or the list ends. <see cref="Errno.Perm"/>: not the caller's domain.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.IncreaseReservation)]
public readonly struct MemoryIncrease : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Domain domain = ref MemoryExtents.Begin(ref caller, in call, out MemoryExtents extents, out Answer refused);
        if (Refs.IsNull(ref domain))
        {
            return refused;
        }

        bool isRefused = false;
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        while (!isRefused && extents.HasMore)
        {
            Mfn last = domain.Memory.Last;
            isRefused = domain.Phase >= DomainPhase.Dying
                || !domain.Memory.Allocate(held, domain.Id, extents.Order, extents.Request).Try(out Mfn first, out _)
                || !Tell(ref domain, in held, in extents, first, last);
            if (!isRefused)
            {
                extents.Advance();
            }
        }

        return extents.Finish(isRefused);
    }

    // Frames of which the caller does not learn are of no use to it.
    private static bool Tell(ref Domain domain, scoped in Locked<DomainRank> held, in MemoryExtents extents, Mfn first, Mfn last)
    {
        if (!extents.HasList || extents.Write(first.Value).Try(out _))
        {
            return true;
        }

        domain.Memory.FreeAfter(in held, last);
        return false;
    }
}
