using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Asks for <see cref="Virq.Timer"/> at a system time; the structure is where the third argument points, the vCPU in the second must be the
/// caller. <see cref="Errno.Inval"/>: it is not; <see cref="Errno.Time"/>: the time has passed and the caller wanted to be told;
/// <see cref="Errno.Fault"/>: the structure cannot be read.
/// </summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.SetSingleshotTimer)]
public readonly struct VcpuSetTimer : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (call.Second != (ulong)(uint)caller.Id.Index)
        {
            return Errno.Inval;
        }

        if (!GuestHandle<VcpuSetSingleshotTimer>.From(call.Third).Try(out GuestHandle<VcpuSetSingleshotTimer> place, out Errno wrapped))
        {
            return wrapped;
        }

        if (!GuestMemory.Read(place).Try(out VcpuSetSingleshotTimer timer, out Errno unreadable))
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
