using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Answers 1 when the vCPU in the second argument is up, else 0. <see cref="Errno.NoEnt"/>: no such vCPU.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.IsUp)]
public readonly struct VcpuIsUp : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref DomainList.Of(ref caller), (int)(call.Second & 0xffff));
        return Refs.IsNull(ref vcpu) || call.Second > 0xffff ? Errno.NoEnt : (vcpu.Halts & VcpuHalt.Down) == 0 ? 1 : 0;
    }
}
