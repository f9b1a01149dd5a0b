using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Stops a domain from running until it is unpaused as often. <see cref="Errno.Inval"/>: the caller's own; <see cref="Errno.Overflow"/>: as often as can be counted.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.PauseDomain)]
public readonly struct DomctlPause : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        if (target.Id == caller.Id.Domain)
        {
            return Errno.Inval;
        }

        if (!DomainLife.TryPause(ref target))
        {
            return Errno.Overflow;
        }

        VcpuGlue.Reconsider(ref target);
        return 0;
    }
}
