using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Lets one vCPU run again that a debugger stopped. <see cref="Errno.Inval"/>: no such vCPU, the caller's own, or it was not stopped.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GdbsxUnpausevcpu)]
public readonly struct DomctlReleaseVcpu : IDomctl<DomctlPauseVcpu>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlPauseVcpu arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        return Refs.IsNull(ref vcpu) || target.Id == caller.Id.Domain || !VcpuGlue.Unpause(ref vcpu) ? Errno.Inval : 0;
    }
}
