using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Clears a port's mask and notifies if it was pending; nothing happens to a port that is not in use. <see cref="Errno.Inval"/>: no such port.</summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.Unmask)]
public readonly struct EventUnmask : IHypercall<EventChannelUnmask>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelUnmask arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!DomainEvents.Unmask(ref own, arguments.Port, out VcpuSet wake).Try(out Errno error))
        {
            return error;
        }

        VcpuGlue.Wake(ref own, wake);
        return 0;
    }
}
