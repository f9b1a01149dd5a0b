using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Takes frames from a domain; one that is mapped is freed when it is not any more. Answers how many extents were given up: fewer when one holds
/// a frame that is not the domain's, or a page table, or the list ends. <see cref="Errno.Perm"/>: not the caller's domain.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.DecreaseReservation)]
public readonly struct MemoryDecrease : IHypercall
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
        DomainPaging.Forget(in held, ref domain);
        while (!isRefused && extents.HasMore)
        {
            isRefused = domain.Phase >= DomainPhase.Dying || !extents.Read().Try(out ulong first, out _) || !TryOne(ref domain, in held, in extents, first);
            if (!isRefused)
            {
                extents.Advance();
            }
        }

        return extents.Finish(isRefused);
    }

    private static bool TryOne(ref Domain domain, scoped in Locked<DomainRank> held, in MemoryExtents extents, ulong first)
    {
        for (ulong index = 0; index < extents.Order.Frames; index++)
        {
            if (!domain.Memory.Free(held, domain.Id, new Mfn(unchecked(first + index))).Try(out _))
            {
                return false;
            }
        }

        return true;
    }
}
