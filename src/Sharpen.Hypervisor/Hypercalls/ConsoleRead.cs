using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// What was typed for the hardware domain. Second argument: how many bytes at most; third: where to. Answers the number of bytes.
/// <see cref="Errno.Perm"/>: not the hardware domain; <see cref="Errno.TooBig"/>: more than 2^31 - 1 bytes; <see cref="Errno.Fault"/>: they
/// cannot be written, and are lost.
/// </summary>
[Hypercall(Hypercall.ConsoleIo, ConsoleIoCommand.Read)]
public readonly struct ConsoleRead : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        uint wanted = unchecked((uint)call.Second);
        if (wanted > int.MaxValue)
        {
            return Errno.TooBig;
        }

        if (!DomainList.Of(ref caller).IsHardware)
        {
            return Errno.Perm;
        }

        Fixed256<byte> copy = default;
        Span<byte> part = copy.Span.Slice(0, (int)Math.Min(wanted, (uint)Fixed256<byte>.Length));
        GuestLinear place = new(call.Third);
        if (!place.HoldsGuest((ulong)part.Length))
        {
            return Errno.Fault;
        }

        int count = ConsoleInput.ReadForGuest(part);
        return GuestMemory.WriteBytes(place, part.Slice(0, count)).Try(out Errno unwritable) ? count : unwritable;
    }
}
