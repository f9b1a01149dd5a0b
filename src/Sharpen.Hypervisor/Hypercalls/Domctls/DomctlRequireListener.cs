using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Says whether a domain stops while nobody listens to the events of its memory, of which PV domains have none: nothing changes. <see cref="Errno.Perm"/>: the caller's own domain.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetAccessRequired)]
public readonly struct DomctlRequireListener : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        return target.Id == caller.Id.Domain ? Errno.Perm : Errno.None;
    }
}
