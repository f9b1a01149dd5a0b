using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Takes a domain's number for an interrupt back. <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: another's, by a caller
/// that is not the hardware domain; <see cref="Errno.Inval"/>: it has no such number.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.UnmapPirq)]
public readonly struct PhysdevUnmap : IHypercall<PhysdevUnmapPirq>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevUnmapPirq arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        ref Domain domain = ref Peers.Find(ref own, new DomainId(arguments.Domain));
        if (Refs.IsNull(ref domain))
        {
            return Errno.Srch;
        }

        return domain.Id != own.Id && !own.IsHardware ? Errno.Perm : DomainPirqs.Unmap(ref domain, arguments.Pirq);
    }
}
