using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Connects a new port to one that waits for the caller; the new one is pending at once. <see cref="Errno.Srch"/>: no such
/// domain; <see cref="Errno.Inval"/>: that port does not wait for the caller; <see cref="Errno.NoSpc"/>: no port is free.
/// </summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.BindInterdomain, WritesBack = true)]
public readonly struct EventBindInterdomain : IHypercall<EventChannelBindInterdomain>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelBindInterdomain arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        ref Domain remote = ref Peers.Find(ref own, new DomainId(arguments.RemoteDomain));
        if (Refs.IsNull(ref remote))
        {
            return Errno.Srch;
        }

        EventPort wanted = new() { State = EventChannelState.Interdomain, RemoteDomain = remote.Id, RemotePort = arguments.RemotePort };
        if (!DomainEvents.Bind(ref own, in wanted).Try(out uint port, out Errno full))
        {
            return full;
        }

        if (!DomainEvents.Connect(ref remote, arguments.RemotePort, own.Id, port).Try(out Errno refused))
        {
            _ = DomainEvents.Close(ref own, port, out _);
            return refused;
        }

        arguments.LocalPort = port;
        VcpuGlue.Wake(ref own, DomainEvents.Raise(ref own, port));
        return 0;
    }
}
