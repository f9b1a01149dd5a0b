using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Stops another domain. <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: the caller's own, or the caller is not privileged; <see cref="Errno.Inval"/>: no such reason.</summary>
[Hypercall(Hypercall.SchedOp, SchedCommand.RemoteShutdown)]
public readonly struct SchedStopOther : IHypercall<SchedRemoteShutdown>
{
    public static Answer Execute(ref Vcpu caller, ref SchedRemoteShutdown arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        ref Domain domain = ref Peers.Find(ref own, new DomainId(arguments.Domain));
        if (Refs.IsNull(ref domain))
        {
            return Errno.Srch;
        }

        if (domain.Id == own.Id || !own.IsPrivileged)
        {
            return Errno.Perm;
        }

        if (arguments.Reason > ShutdownReason.SoftReset)
        {
            return Errno.Inval;
        }

        DomainControl.Stop(ref domain, arguments.Reason);
        return 0;
    }
}
