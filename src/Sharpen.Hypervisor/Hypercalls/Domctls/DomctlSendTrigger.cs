using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Sends a vCPU an NMI. <see cref="Errno.Srch"/>: no such vCPU; <see cref="Errno.Inval"/>: a button, which PV domains have not; <see cref="Errno.NoSys"/>: anything else.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SendTrigger)]
public readonly struct DomctlSendTrigger : IDomctl<DomctlTrigger>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlTrigger arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.Srch;
        }

        switch (arguments.Trigger)
        {
            case DomctlTriggerKind.Nmi:
                VcpuGlue.SendNmi(ref vcpu);
                return 0;
            case DomctlTriggerKind.Power or DomctlTriggerKind.Sleep:
                return Errno.Inval;
            default:
                return Errno.NoSys;
        }
    }
}
