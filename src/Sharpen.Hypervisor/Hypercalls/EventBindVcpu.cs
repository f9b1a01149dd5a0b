using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Lets a port notify another vCPU. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Inval"/>: no such port, or one whose vCPU is fixed.</summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.BindVcpu)]
public readonly struct EventBindVcpu : IHypercall<EventChannelBindVcpu>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelBindVcpu arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (arguments.Vcpu >= Domain.MaxVcpus)
        {
            return Errno.NoEnt;
        }

        ref Vcpu vcpu = ref DomainList.VcpuOf(ref own, (int)arguments.Vcpu);
        return Refs.IsNull(ref vcpu) ? Errno.NoEnt : DomainEvents.Retarget(ref own, arguments.Port, (int)arguments.Vcpu, VcpuGlue.CpuOf(ref vcpu));
    }
}
