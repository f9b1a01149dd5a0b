using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Lets an initialised vCPU run; one that is up stays so. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Inval"/>: not initialised.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.Up)]
public readonly struct VcpuUp : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        if (!vcpu.IsInitialised)
        {
            return Errno.Inval;
        }

        if ((vcpu.Halts & VcpuHalt.Down) != 0)
        {
            VcpuGlue.BringUp(ref vcpu);
        }

        return 0;
    }
}
