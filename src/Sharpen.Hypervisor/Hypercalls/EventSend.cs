using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Makes the other end of a port pending; a port that nobody has bound to yet swallows it. <see cref="Errno.Inval"/>: no
/// such port, or one that is not for sending.
/// </summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.Send)]
public readonly struct EventSend : IHypercall<EventChannelSend>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelSend arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        EventPort port = DomainEvents.Glance(ref own, arguments.Port);
        switch (port.State)
        {
            case EventChannelState.Interdomain:
                ref Domain remote = ref DomainList.Find(port.RemoteDomain);
                if (!Refs.IsNull(ref remote))
                {
                    VcpuGlue.Wake(ref remote, DomainEvents.RaiseFrom(ref remote, port.RemotePort, own.Id, arguments.Port));
                }

                return 0;
            case EventChannelState.Ipi:
                VcpuGlue.Wake(ref own, DomainEvents.Raise(ref own, arguments.Port));
                return 0;
            case EventChannelState.Unbound:
                return 0;
            default:
                return Errno.Inval;
        }
    }
}
