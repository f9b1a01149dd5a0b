using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Lets a domain take care of a virtual interrupt of the whole host, until it goes. <see cref="Errno.Inval"/>: there is no such one.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetVirqHandler)]
public readonly struct DomctlSetVirqHandler : IDomctl<DomctlVirqHandler>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlVirqHandler arguments) => HostEvents.SetHandler(arguments.Virq, target.Id);
}
