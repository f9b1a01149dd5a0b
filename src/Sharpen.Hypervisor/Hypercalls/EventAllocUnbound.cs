using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// A port that waits for another domain to bind to it. <see cref="Errno.Srch"/>: no such domain, or one that is stopping; <see cref="Errno.Perm"/>:
/// a domain other than the caller's, by one that is not privileged; <see cref="Errno.NoSpc"/>: no port is free.
/// </summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.AllocUnbound, WritesBack = true)]
public readonly struct EventAllocUnbound : IHypercall<EventChannelAllocUnbound>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelAllocUnbound arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        ref Domain domain = ref Peers.Find(ref own, new DomainId(arguments.Domain));
        if (Refs.IsNull(ref domain) || domain.IsEnding)
        {
            return Errno.Srch;
        }

        if (domain.Id != own.Id && !own.IsPrivileged)
        {
            return Errno.Perm;
        }

        DomainId remote = Peers.Resolve(ref own, new DomainId(arguments.RemoteDomain));
        EventPort wanted = new() { State = EventChannelState.Unbound, RemoteDomain = remote };
        return DomainEvents.Bind(ref domain, in wanted).Try(out arguments.Port, out Errno error) ? 0 : error;
    }
}
