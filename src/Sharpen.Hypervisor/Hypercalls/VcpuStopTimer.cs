using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Withdraws the caller's one-shot timer. <see cref="Errno.Inval"/>: the vCPU in the second argument is not the caller.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.StopSingleshotTimer)]
public readonly struct VcpuStopTimer : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (call.Second != (ulong)(uint)caller.Id.Index)
        {
            return Errno.Inval;
        }

        VcpuGlue.ArmTimer(ref caller, Instant.Never);
        return 0;
    }
}
