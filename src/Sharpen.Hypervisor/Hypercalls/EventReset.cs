using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Closes every port of a domain. <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: another's, by a caller that is not privileged.</summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.Reset)]
public readonly struct EventReset : IHypercall<EventChannelReset>
{
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

        EventTeardown.CloseAll(ref domain);
        return 0;
    }
}
