using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Frees a port; the other end waits for the caller again. <see cref="Errno.Inval"/>: no such port.</summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.Close)]
public readonly struct EventClose : IHypercall<EventChannelClose>
{
    public static Answer Execute(ref Vcpu caller, ref EventChannelClose arguments) => EventTeardown.Close(ref DomainList.Of(ref caller), arguments.Port);
}
