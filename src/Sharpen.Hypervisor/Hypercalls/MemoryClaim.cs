using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Keeps free memory for a domain until it takes it, up to a number of frames in all; zero ends that. <see cref="Errno.Inval"/>: no such domain, a
/// claim stands, it has as many frames or may not have so many, or a field is not zero; <see cref="Errno.NoMem"/>: so much is not free;
/// <see cref="Errno.Perm"/>: the caller is not privileged.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.ClaimPages)]
public readonly struct MemoryClaim : IHypercall<MemoryReservation>
{
    public static Answer Execute(ref Vcpu caller, ref MemoryReservation arguments)
    {
        ref Domain domain = ref DomainList.Find(arguments.Domain);
        bool isSane = arguments.ExtentStart == 0 && arguments.ExtentOrder == 0 && arguments.Flags == 0;
        if (!isSane || Refs.IsNull(ref domain))
        {
            return Errno.Inval;
        }

        if (!DomainList.Of(ref caller).IsPrivileged)
        {
            return Errno.Perm;
        }

        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        return domain.Phase >= DomainPhase.Dying ? Errno.Inval : domain.Memory.Claim(in held, domain.Id, arguments.Extents);
    }
}
