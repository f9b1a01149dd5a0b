using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Stops one vCPU from running for a debugger. <see cref="Errno.Inval"/>: no such vCPU, or the caller's own; <see cref="Errno.Overflow"/>: as often as can be counted.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GdbsxPausevcpu)]
public readonly struct DomctlDebugVcpu : IDomctl<DomctlPauseVcpu>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlPauseVcpu arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu) || target.Id == caller.Id.Domain)
        {
            return Errno.Inval;
        }

        if (!VcpuGlue.TryPause(ref vcpu))
        {
            return Errno.Overflow;
        }

        return 0;
    }
}
