using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Asks for <see cref="Virq.Timer"/> at a system time, in place of what was asked before, with set_timer_op too. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Inval"/>: not the caller; <see cref="Errno.Fault"/>: the argument cannot be read; <see cref="Errno.Time"/>: past, and the caller wants to be told.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.SetSingleshotTimer)]
public readonly struct VcpuStartSingleshotTimer : IHypercall
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

        if (!VcpuTarget.Read<VcpuSetSingleshotTimer>(in call).Try(out VcpuSetSingleshotTimer timer, out Errno unreadable))
        {
            return unreadable;
        }

        Instant deadline = new(timer.Timeout);
        if ((timer.Flags & SingleShotFlags.Future) != 0 && deadline < Clock.Now)
        {
            return Errno.Time;
        }

        VcpuGlue.ArmTimer(ref caller, deadline);
        return 0;
    }
}
