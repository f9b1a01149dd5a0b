using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Takes a vCPU out of use until it is brought up again; when it is the last one the domain powers off. <see cref="Errno.NoEnt"/>: no such vCPU.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.Down)]
public readonly struct VcpuDown : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        ref Domain domain = ref DomainList.Of(ref caller);
        if (IsLast(ref domain, vcpu.Id.Index))
        {
            DomainControl.Stop(ref domain, ShutdownReason.PowerOff);
        }
        else
        {
            VcpuGlue.Sleep(ref vcpu, VcpuHalt.Down);
        }

        return 0;
    }

    private static bool IsLast(ref Domain domain, int except)
    {
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ref Vcpu other = ref DomainList.VcpuOf(ref domain, index);
            if (index != except && !Refs.IsNull(ref other) && (other.Halts & VcpuHalt.Down) == 0)
            {
                return false;
            }
        }

        return true;
    }
}
