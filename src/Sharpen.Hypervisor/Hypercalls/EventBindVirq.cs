using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Gives a virtual interrupt a port. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Inval"/>: no such interrupt,
/// or a global one on a vCPU other than 0; <see cref="Errno.Exist"/>: it has a port; <see cref="Errno.NoSpc"/>: no port is free.
/// </summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.BindVirq, WritesBack = true)]
public readonly struct EventBindVirq : IHypercall<EventChannelBindVirq>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelBindVirq arguments)
    {
        ref Domain domain = ref DomainList.Of(ref caller);
        if (arguments.Vcpu >= Domain.MaxVcpus || Refs.IsNull(ref DomainList.VcpuOf(ref domain, (int)arguments.Vcpu)))
        {
            return Errno.NoEnt;
        }

        return DomainEvents.BindVirq(ref domain, arguments.Virq, (int)arguments.Vcpu).Try(out arguments.Port, out Errno error) ? 0 : error;
    }
}
