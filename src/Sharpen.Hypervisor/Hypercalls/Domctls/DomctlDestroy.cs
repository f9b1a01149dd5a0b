using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Ends a domain; what it owns is taken back in time. <see cref="Errno.Inval"/>: the caller's own or the hardware domain.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.DestroyDomain)]
public readonly struct DomctlDestroy : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        if (target.Id == caller.Id.Domain || target.IsHardware)
        {
            return Errno.Inval;
        }

        DomainControl.Destroy(ref target);
        return 0;
    }
}
