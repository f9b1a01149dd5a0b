using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>A domain in numbers.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetDomainInfo, WritesBack = true)]
public readonly struct DomctlGetInfo : IDomctl<DomainInfo>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomainInfo arguments)
    {
        arguments = DomainReport.Describe(ref target);
        return 0;
    }
}
