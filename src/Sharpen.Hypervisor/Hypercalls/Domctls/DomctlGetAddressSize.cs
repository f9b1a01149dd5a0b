using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>How wide the domain's addresses are: 64 bits.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetAddressSize, WritesBack = true)]
public readonly struct DomctlGetAddressSize : IDomctl<DomctlAddressSize>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlAddressSize arguments)
    {
        arguments.Bits = 64;
        return 0;
    }
}
