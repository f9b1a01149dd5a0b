using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Ends what VCPUOP_set_periodic_timer began. <see cref="Errno.NoEnt"/>: no such vCPU.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.StopPeriodicTimer)]
public readonly struct VcpuStopPeriodicTimer : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        VcpuGlue.ArmPeriodic(ref vcpu, default);
        return 0;
    }
}
