using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>A port by which the domain notifies a vCPU of its own. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.NoSpc"/>: no port is free.</summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.BindIpi, WritesBack = true)]
public readonly struct EventBindIpi : IHypercall<EventChannelBindIpi>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelBindIpi arguments)
    {
        ref Domain domain = ref DomainList.Of(ref caller);
        if (arguments.Vcpu >= Domain.MaxVcpus || Refs.IsNull(ref DomainList.VcpuOf(ref domain, (int)arguments.Vcpu)))
        {
            return Errno.NoEnt;
        }

        EventPort wanted = new() { State = EventChannelState.Ipi, Vcpu = (ushort)arguments.Vcpu };
        return DomainEvents.Bind(ref domain, in wanted).Try(out arguments.Port, out Errno error) ? 0 : error;
    }
}
