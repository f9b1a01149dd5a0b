using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Shadows of page tables, to log what a domain writes: there are none. <see cref="Errno.OpNotSupp"/>; <see cref="Errno.Inval"/>: of the caller's own.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.ShadowOp)]
public readonly struct DomctlShadowPages : IDomctl<DomctlShadow>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlShadow arguments) =>
        target.Id == caller.Id.Domain ? Errno.Inval : Errno.OpNotSupp;
}
