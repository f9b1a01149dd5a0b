using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// What a port is bound to. <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: another's, by a caller that
/// is not privileged; <see cref="Errno.Inval"/>: a number that no port has.
/// </summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.Status, WritesBack = true)]
public readonly struct EventStatus : IHypercall<EventChannelStatus>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelStatus arguments)
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

        if (!DomainEvents.IsPort(ref domain, arguments.Port))
        {
            return Errno.Inval;
        }

        EventPort port = DomainEvents.Look(ref domain, arguments.Port);
        arguments.State = port.State;
        arguments.Vcpu = port.Vcpu;
        if (port.State == EventChannelState.Virq)
        {
            arguments.Virq = port.Virq;
        }
        else if (port.State == EventChannelState.Pirq)
        {
            arguments.Pirq = port.RemotePort;
        }
        else if (port.State is EventChannelState.Unbound or EventChannelState.Interdomain)
        {
            arguments.RemoteDomain = port.RemoteDomain.Value;
            arguments.RemotePort = port.RemotePort;
        }

        return 0;
    }
}
