using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The CPU that a vCPU is bound to for its life. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Inval"/>: it is bound to none, which is so for every vCPU that was not pinned when the control domain was built.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.GetPhysicalId)]
public readonly struct VcpuGetPhysicalId : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        return Refs.IsNull(ref vcpu) ? Errno.NoEnt : Errno.Inval;
    }
}
