using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Gives a domain frames for pages that it names, says which, and enters the pages in the machine-to-physical table. Answers how many extents
/// it got: fewer when memory, the domain's limit or the list ends, or it wants them on demand. <see cref="Errno.Perm"/>: not the caller's domain.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.PopulatePhysmap)]
public readonly struct MemoryPopulate : IHypercall
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
            isRefused = extents.IsOnDemand || domain.Phase >= DomainPhase.Dying || !TryOne(ref domain, in held, in extents);
            if (!isRefused)
            {
                extents.Advance();
            }
        }

        return extents.Finish(isRefused);
    }

    private static bool TryOne(ref Domain domain, scoped in Locked<DomainRank> held, in MemoryExtents extents)
    {
        Mfn last = domain.Memory.Last;
        if (!extents.Read().Try(out ulong page, out _)
            || !domain.Memory.Allocate(held, domain.Id, extents.Order, extents.Request).Try(out Mfn first, out _))
        {
            return false;
        }

        if (!extents.Write(first.Value).Try(out _))
        {
            domain.Memory.FreeAfter(in held, last);
            return false;
        }

        MachineToPhysical.Set(new FrameRange(first, extents.Order.Frames), page);
        return true;
    }
}
