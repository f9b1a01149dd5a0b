using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Writes bytes to the host's console, whole lines at a time. Second argument: how many; third: where.
/// <see cref="Errno.Fault"/>: they cannot be read; what came before is written. At most 4096 bytes of one call are taken.
/// </summary>
[Hypercall(Hypercall.ConsoleIo, ConsoleIoCommand.Write)]
public readonly struct ConsoleWrite : IHypercall
{
    private const ulong Most = 4096;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Domain domain = ref DomainList.Of(ref caller);
        ulong count = Math.Min(call.Second, Most);
        if (!GuestHandle<byte>.From(call.Third, count).Try(out GuestHandle<byte> text, out Errno wrapped))
        {
            return wrapped;
        }

        Fixed128<byte> copy = default;
        for (ulong done = 0; done < count;)
        {
            int now = (int)Math.Min(count - done, (ulong)Fixed128<byte>.Length);
            Span<byte> part = copy.Span.Slice(0, now);
            if (!GuestMemory.ReadBytes(text.Start + done, part).Try(out Errno unreadable))
            {
                return unreadable;
            }

            using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
            GuestConsole.Write(domain.Id.Value, ref domain.ConsoleLine, part);
            done += (ulong)now;
        }

        return 0;
    }
}
