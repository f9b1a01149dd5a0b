using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Closes every port of a domain, and ends its use of the FIFO ABI if it is the caller's own. <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: another's, by a caller that is not privileged.</summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.Reset)]
public readonly struct EventReset : IHypercall<EventChannelReset>
{
    private const int PortsAtOnce = 256;

    public static Answer Execute(ref Vcpu caller, ref EventChannelReset arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        ref Domain domain = ref Peers.Find(ref own, new DomainId(arguments.Domain));
        if (Refs.IsNull(ref domain))
        {
            return Errno.Srch;
        }

        if (domain.Id != own.Id && !own.IsPrivileged)
        {
            return Errno.Perm;
        }

        if (!EventTeardown.CloseSome(ref domain, PortsAtOnce))
        {
            return Answer.Again;
        }

        if (domain.Id == own.Id)
        {
            DomainFifo.End(ref domain);
        }

        return 0;
    }
}
