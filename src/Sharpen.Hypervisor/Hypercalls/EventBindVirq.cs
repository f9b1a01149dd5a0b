using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Gives a virtual interrupt a port. <see cref="Errno.Inval"/>: no such interrupt, or a global one on a vCPU other than 0;
/// <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Exist"/>: it has a port; <see cref="Errno.NoSpc"/>: no port is free.
/// </summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.BindVirq, WritesBack = true)]
public readonly struct EventBindVirq : IHypercall<EventChannelBindVirq>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelBindVirq arguments)
    {
        ref Domain domain = ref DomainList.Of(ref caller);
        int vcpu = (int)Math.Min(arguments.Vcpu, Domain.MaxVcpus);
        return DomainEvents.BindVirq(ref domain, arguments.Virq, vcpu).Try(out arguments.Port, out Errno error) ? 0 : error;
    }
}
