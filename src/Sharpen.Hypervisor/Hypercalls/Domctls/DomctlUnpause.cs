using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Lets a domain run that was paused; one that is new begins. <see cref="Errno.Inval"/>: it was not, or the caller's own.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.UnpauseDomain)]
public readonly struct DomctlUnpause : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        if (target.Id == caller.Id.Domain || !DomainLife.Unpause(ref target))
        {
            return Errno.Inval;
        }

        if (target.PauseCount == 0)
        {
            DomainLife.Begin(ref target);
        }

        VcpuGlue.Reconsider(ref target);
        return 0;
    }
}
