using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Keeps a reason for when the domain stops, whatever reason is given then; the first stays. <see cref="Errno.Inval"/>: no such reason.</summary>
[Hypercall(Hypercall.SchedOp, SchedCommand.ShutdownCode)]
public readonly struct SchedStopCode : IHypercall<SchedShutdown>
{
    public static Answer Execute(ref Vcpu caller, ref SchedShutdown arguments)
    {
        if (arguments.Reason > ShutdownReason.SoftReset)
        {
            return Errno.Inval;
        }

        DomainLife.KeepReason(ref DomainList.Of(ref caller), arguments.Reason);
        return 0;
    }
}
