using System;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Text for a field of fixed size that is too large for the stack.</summary>
internal static class GuestText
{
    /// <summary>Bytes of the field (<c>xen_capabilities_info_t</c>, <c>xen_commandline_t</c>).</summary>
    private const int Bytes = 1024;

    /// <summary>Fills the whole field: the text, then zeros. <see cref="Errno.Fault"/>: it cannot be written.</summary>
    /// <param name="address">Where the field is.</param>
    /// <param name="text">Shorter than the field.</param>
    internal static Result Write(ulong address, scoped ReadOnlySpan<byte> text)
    {
        GuestLinear place = new(address);
        if (!place.HoldsGuest(Bytes))
        {
            return Errno.Fault;
        }

        for (int done = 0; done < Bytes; done += Fixed128<byte>.Length)
        {
            Fixed128<byte> part = default;
            ReadOnlySpan<byte> rest = text.Slice(Math.Min(done, text.Length));
            rest.Slice(0, Math.Min(rest.Length, Fixed128<byte>.Length)).CopyTo(part.Span);
            Result written = GuestMemory.WriteBytes(place + (ulong)(uint)done, part.Span);
            if (!written.Try(out _))
            {
                return written;
            }
        }

        return Result.Success;
    }
}
