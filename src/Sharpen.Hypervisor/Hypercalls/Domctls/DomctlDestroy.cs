using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Ends a domain and takes back all that it owns, in steps; what others still use comes back when they let it go. <see cref="Errno.Inval"/>: the
/// caller's own or the hardware domain.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.DestroyDomain)]
public readonly struct DomctlDestroy : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        if (target.Id == caller.Id.Domain || target.IsHardware)
        {
            return Errno.Inval;
        }

        _ = DomainControl.TryDestroy(ref target, caller.Id.Domain);
        return Reaper.Bury(ref target) ? 0 : Answer.Again;
    }
}
