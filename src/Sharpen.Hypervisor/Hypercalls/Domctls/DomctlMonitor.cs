using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Watches what an HVM guest does: <see cref="Errno.OpNotSupp"/>; <see cref="Errno.Perm"/>: the caller's own domain.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.MonitorOp)]
public readonly struct DomctlMonitor : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        return target.Id == caller.Id.Domain ? Errno.Perm : Errno.OpNotSupp;
    }
}
