using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Names the port of a domain whose other end is told when the domain suspends itself, instead of <see cref="Virq.DomainException"/>; the last one named
/// holds. One that is no port for sending is as good as none.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.Subscribe)]
public readonly struct DomctlSubscribe : IDomctl<DomctlSubscription>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlSubscription arguments)
    {
        target.SuspendPort = arguments.Port;
        return 0;
    }
}
