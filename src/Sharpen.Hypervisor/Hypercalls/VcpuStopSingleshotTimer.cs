using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Withdraws the one-shot timer. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Inval"/>: not the caller.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.StopSingleshotTimer)]
public readonly struct VcpuStopSingleshotTimer : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        if (vcpu.Id != caller.Id)
        {
            return Errno.Inval;
        }

        VcpuGlue.ArmTimer(ref caller, Instant.Never);
        return 0;
    }
}
