using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>How long a vCPU has been in each run state, up to now. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.GetRunstateInfo)]
public readonly struct VcpuGetRunstate : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        return VcpuTarget.Write(in call, vcpu.Runstates.Describe(Clock.Now));
    }
}
