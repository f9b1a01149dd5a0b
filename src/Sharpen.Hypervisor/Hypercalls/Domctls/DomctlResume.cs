using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Lets a domain go on that stopped, from where each vCPU was; one that did not stop is left alone. <see cref="Errno.Inval"/>: the caller's own.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.ResumeDomain)]
public readonly struct DomctlResume : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        if (target.Id == caller.Id.Domain)
        {
            return Errno.Inval;
        }

        _ = DomainControl.Resume(ref target);
        return 0;
    }
}
