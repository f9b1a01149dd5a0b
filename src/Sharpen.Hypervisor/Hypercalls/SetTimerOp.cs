using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Asks for <see cref="Virq.Timer"/> at a system time in nanoseconds; zero withdraws it. A time that has passed raises the
/// interrupt at once.
/// </summary>
[Hypercall(Hypercall.SetTimerOp)]
public readonly struct SetTimerOp : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        VcpuGlue.ArmTimer(ref caller, call.First == 0 ? Instant.Never : new Instant(call.First));
        return 0;
    }
}
