using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Says how urgent a port is, from its next event on. <see cref="Errno.Inval"/>: no such port or urgency; <see cref="Errno.NoSys"/>: the domain uses the 2-level ABI.</summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.SetPriority)]
public readonly struct EventSetPriority : IHypercall<EventChannelSetPriority>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelSetPriority arguments) =>
        DomainFifo.SetPriority(ref DomainList.Of(ref caller), arguments.Port, arguments.Priority);
}
