using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Gives a physical interrupt a port. <see cref="Errno.Inval"/>: a number that no domain has; <see cref="Errno.Perm"/>: the caller has not been given that interrupt, as no domain has been any.</summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.BindPirq)]
public readonly struct EventBindPirq : IHypercall<EventChannelBindPirq>
{
    private const uint Most = 256;

    public static Answer Execute(ref Vcpu caller, ref EventChannelBindPirq arguments)
    {
        return arguments.Pirq >= Most ? Errno.Inval : Errno.Perm;
    }
}
