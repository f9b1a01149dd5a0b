using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Gives a domain a UUID.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetDomainHandle)]
public readonly struct DomctlSetHandle : IDomctl<DomctlHandle>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlHandle arguments)
    {
        target.Handle = arguments.Handle;
        return 0;
    }
}
