using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Writes bytes to the host's console: the hardware domain's as they are, others' whole lines at a time, with the domain's number before them.
/// Second argument: how many; third: where. <see cref="Errno.Fault"/>: they cannot be read; what came before is written.
/// </summary>
[Hypercall(Hypercall.ConsoleIo, ConsoleIoCommand.Write)]
public readonly struct ConsoleWrite : IHypercall
{
    private const uint MostAtOnce = 4096;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        uint count = unchecked((uint)call.Second);
        if (!GuestHandle<byte>.From(call.Third, count).Try(out GuestHandle<byte> text, out Errno wrapped))
        {
            return wrapped;
        }

        ref Domain domain = ref DomainList.Of(ref caller);
        for (uint done = 0; done < count;)
        {
            if (done >= MostAtOnce || (done != 0 && Dispatcher.MustDecide))
            {
                return Answer.AgainWith(call.First, count - done, (text.Start + done).Value);
            }

            uint now = Math.Min(count - done, (uint)Fixed128<byte>.Length);
            if (!Pass(ref domain, text.Start + done, (int)now).Try(out Errno unreadable))
            {
                return unreadable;
            }

            done += now;
        }

        return 0;
    }

    private static Machine.Results.Result Pass(ref Domain domain, GuestLinear from, int bytes)
    {
        Fixed128<byte> copy = default;
        Span<byte> part = copy.Span.Slice(0, bytes);
        Machine.Results.Result read = GuestMemory.ReadBytes(from, part);
        if (!read.Try(out _))
        {
            return read;
        }

        if (domain.IsHardware)
        {
            HostConsole.WriteRaw(part);
            return read;
        }

        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        GuestConsole.Write(domain.Id.Value, ref domain.ConsoleLine, part);
        return read;
    }
}
