using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Raises <see cref="Virq.Timer"/> of a vCPU at regular intervals. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Fault"/>: the argument cannot be read; <see cref="Errno.Inval"/>: less than a millisecond, or more than 146 years.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.SetPeriodicTimer)]
public readonly struct VcpuStartPeriodicTimer : IHypercall
{
    private const ulong Least = 1_000_000;
    private const ulong Most = ulong.MaxValue >> 2;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        if (!VcpuTarget.Read<VcpuSetPeriodicTimer>(in call).Try(out VcpuSetPeriodicTimer timer, out Errno unreadable))
        {
            return unreadable;
        }

        if (timer.Period is < Least or > Most)
        {
            return Errno.Inval;
        }

        VcpuGlue.ArmPeriodic(ref vcpu, new Duration(timer.Period));
        return 0;
    }
}
