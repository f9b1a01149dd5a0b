using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Sets up, moves on or ends one of the domain's two watchdogs, which stop it when their time, in seconds, is over. Id 0 asks for a new one and answers its id. <see cref="Errno.Inval"/>: an id that is not in use, or a new one without time; <see cref="Errno.NoSpc"/>: both are in use.</summary>
[Hypercall(Hypercall.SchedOp, SchedCommand.Watchdog)]
public readonly struct SchedWatch : IHypercall<SchedWatchdog>
{
    public static Answer Execute(ref Vcpu caller, ref SchedWatchdog arguments)
    {
        return Watchdogs.Set(ref DomainList.Of(ref caller), arguments.Id, arguments.Timeout).Try(out uint id, out Errno error) ? id : error;
    }
}
