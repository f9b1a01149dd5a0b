using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Gives a physical interrupt a port; from now on it arrives. <see cref="Errno.Inval"/>: a number that no domain has;
/// <see cref="Errno.Perm"/>: the caller has not been given that interrupt, or has not mapped it; <see cref="Errno.Exist"/>: it has a port; <see cref="Errno.Busy"/>:
/// another has the line; <see cref="Errno.NoSpc"/>: no port or vector is free.
/// </summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.BindPirq, WritesBack = true)]
public readonly struct EventBindPirq : IHypercall<EventChannelBindPirq>
{
    private const uint MostOfGuests = 256;

    public static Answer Execute(ref Vcpu caller, ref EventChannelBindPirq arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return arguments.Pirq >= MostOfGuests ? Errno.Inval : Errno.Perm;
        }

        if (arguments.Pirq >= (uint)DomainPirqs.Limit)
        {
            return Errno.Inval;
        }

        return DomainPirqs.Bind(ref own, (int)arguments.Pirq, Processor.Id).Try(out arguments.Port, out Errno error) ? 0 : error;
    }
}
