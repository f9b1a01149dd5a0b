using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Answers how many frames a domain has. <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: not the caller's.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.CurrentReservation)]
public readonly struct MemoryCurrentReservation : IHypercall<MemoryDomain>
{
    public static Answer Execute(ref Vcpu caller, ref MemoryDomain arguments)
    {
        ref Domain domain = ref MemoryTarget.Find(ref caller, arguments.Domain, out Errno error);
        return Refs.IsNull(ref domain) ? error : (long)domain.Memory.CountWithLingering(domain.Id);
    }
}
