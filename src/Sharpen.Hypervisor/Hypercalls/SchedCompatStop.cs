using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The caller's domain stops, by the number of Xen before 3.0.2; the second argument is the reason itself. <see cref="Errno.Inval"/>: no such reason.</summary>
[Hypercall(Hypercall.SchedOpCompat, SchedCommand.Shutdown)]
public readonly struct SchedCompatStop : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        SchedShutdown arguments = new() { Reason = (ShutdownReason)(call.Second & byte.MaxValue) };
        return SchedStop.Execute(ref caller, ref arguments);
    }
}
