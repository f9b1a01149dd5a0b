using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Gives 1,024 further ports a word; those that have been raised meanwhile are raised again. <see cref="Errno.OpNotSupp"/>: the domain uses the 2-level
/// ABI; <see cref="Errno.NoSpc"/>: every port has a word; <see cref="Errno.Inval"/>: not a page of its own; <see cref="Errno.Busy"/>: a page table.
/// </summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.ExpandArray)]
public readonly struct EventExpandArray : IHypercall<EventChannelExpandArray>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelExpandArray arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!DomainFifo.Expand(ref own, new Mfn(arguments.ArrayFrame), out uint first).Try(out Errno error))
        {
            return error;
        }

        for (uint port = first; port < first + EventArray.PortsPerPage; port++)
        {
            ref readonly EventPort found = ref DomainEvents.Glance(ref own, port);
            if (!Refs.IsNull(in found) && found.IsWordless)
            {
                VcpuGlue.Wake(ref own, DomainEvents.RaiseWordless(ref own, port));
            }
        }

        return 0;
    }
}
