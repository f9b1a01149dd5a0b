using System.Runtime.CompilerServices;
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
        ref readonly EventPort port = ref DomainEvents.Glance(ref own, arguments.Port);
        if (Refs.IsNull(in port))
        {
            return Errno.Inval;
        }

        if (port.State == EventChannelState.Ipi)
        {
            VcpuGlue.Wake(ref own, DomainEvents.Raise(ref own, arguments.Port));
            return 0;
        }

        return SendToOther(ref own, in port, arguments.Port);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Answer SendToOther(ref Domain own, ref readonly EventPort port, uint number)
    {
        EventChannelState state = port.State;
        if (state != EventChannelState.Interdomain)
        {
            return state == EventChannelState.Unbound ? 0 : Errno.Inval;
        }

        ref Domain remote = ref DomainList.Find(port.RemoteDomain);
        if (!Refs.IsNull(ref remote))
        {
            VcpuGlue.Wake(ref remote, DomainEvents.RaiseFrom(ref remote, port.RemotePort, own.Id, number));
        }

        return 0;
    }
}
