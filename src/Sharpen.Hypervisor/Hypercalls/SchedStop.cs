using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The caller's domain stops. <see cref="Errno.Inval"/>: no such reason, or one that asks for more than stopping.</summary>
[Hypercall(Hypercall.SchedOp, SchedCommand.Shutdown)]
public readonly struct SchedStop : IHypercall<SchedShutdown>
{
    public static Answer Execute(ref Vcpu caller, ref SchedShutdown arguments)
    {
        if (arguments.Reason > ShutdownReason.SoftReset)
        {
            return Errno.Inval;
        }

        DomainControl.Stop(ref DomainList.Of(ref caller), arguments.Reason);
        return 0;
    }
}
