using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Sets how wide the domain's addresses are. <see cref="Errno.OpNotSupp"/>: 32 bits; <see cref="Errno.Inval"/>: anything else but 64.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetAddressSize)]
public readonly struct DomctlSetAddressSize : IDomctl<DomctlAddressSize>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlAddressSize arguments)
    {
        return arguments.Bits == 64 ? Errno.None : arguments.Bits == 32 ? Errno.OpNotSupp : Errno.Inval;
    }
}
