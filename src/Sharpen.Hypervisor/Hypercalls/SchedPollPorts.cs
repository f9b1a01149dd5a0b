using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Sleeps until one of some ports is pending, masked or not, or until a system time. <see cref="Errno.Inval"/>: more than
/// 128 ports, or a number that is no port; <see cref="Errno.Fault"/>: the list cannot be read.
/// </summary>
[Hypercall(Hypercall.SchedOp, SchedCommand.Poll)]
public readonly struct SchedPollPorts : IHypercall<SchedPoll>
{
    private const uint Most = 128;

    public static Answer Execute(ref Vcpu caller, ref SchedPoll arguments)
    {
        if (arguments.PortCount > Most)
        {
            return Errno.Inval;
        }

        bool first = caller.PollDeadline.Nanoseconds == 0;
        Instant deadline = arguments.Timeout == 0 ? Instant.Never : new Instant(arguments.Timeout);
        ref Domain domain = ref DomainList.Of(ref caller);
        if (first)
        {
            Interlocked.Add(ref domain.Pollers, 1);
        }

        VcpuGlue.Sleep(ref caller, VcpuHalt.Polling);
        Answer? pending = Look(ref domain, in arguments);
        if (pending is null && (first || Clock.Now < deadline))
        {
            VcpuGlue.ArmPoll(ref caller, deadline);
            return Answer.Again;
        }

        VcpuGlue.Wake(ref domain, VcpuSet.Of(caller.Id.Index));
        VcpuGlue.ArmPoll(ref caller, default);
        Interlocked.Add(ref domain.Pollers, -1);
        return pending ?? 0;
    }

    // A port that is pending, or an error; null when there is nothing to report.
    private static Answer? Look(ref Domain domain, in SchedPoll arguments)
    {
        if (!GuestHandle<PolledPort>.From(arguments.Ports, arguments.PortCount).Try(out GuestHandle<PolledPort> ports, out Errno wrapped))
        {
            return wrapped;
        }

        for (ulong index = 0; index < arguments.PortCount; index++)
        {
            if (!GuestMemory.Read(ports, index).Try(out PolledPort polled, out Errno unreadable))
            {
                return unreadable;
            }

            uint port = polled.Port;
            if (!DomainEvents.CanBePending(ref domain, port))
            {
                return Errno.Inval;
            }

            if (DomainEvents.IsPending(ref domain, port))
            {
                return 0;
            }
        }

        return null;
    }
}
