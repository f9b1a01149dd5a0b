using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Enters a vCPU's kernel at its handler for NMIs as soon as it has one and is not in it. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Inval"/>: the third argument is not null.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.SendNmi)]
public readonly struct VcpuSendNmi : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        if (call.Third != 0)
        {
            return Errno.Inval;
        }

        VcpuGlue.SendNmi(ref vcpu);
        return 0;
    }
}
