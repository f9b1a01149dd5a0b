using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Reads or writes memory of a domain by addresses of its kernel, for a debugger; tells how many bytes were not copied. <see cref="Errno.Fault"/>: not
/// all were: something is not there, not to be written, or they are more than 64 KiB.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GdbsxGuestmemio, WritesBack = true, WritesBackRefused = true)]
public readonly struct DomctlDebugMemoryOf : IDomctl<DomctlDebugMemory>
{
    private const uint Most = 64 * 1024;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlDebugMemory arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, 0);
        arguments.Remaining = arguments.Length;
        if (Refs.IsNull(ref vcpu) || !FrameRef<L4Table>.Hold(GuestCpu.RootOf(in vcpu.Context), target.Id, out FrameRef<L4Table> root).Try(out _))
        {
            return arguments.Length == 0 ? Errno.None : Errno.Fault;
        }

        uint end = Math.Min(arguments.Length, Most);
        uint done = 0;
        while (done < end && CopySome(in root, target.Id, in arguments, done, end, out uint copied))
        {
            done += copied;
        }

        root.Dispose();
        arguments.Remaining = arguments.Length - done;
        return arguments.Remaining == 0 ? Errno.None : Errno.Fault;
    }

    // Not beyond a page of the domain's, nor beyond the buffer here.
    private static bool CopySome(scoped in FrameRef<L4Table> root, DomainId owner, in DomctlDebugMemory arguments, uint done, uint end, out uint copied)
    {
        Fixed256<byte> buffer = default;
        ulong address = unchecked(arguments.Address + done);
        uint page = PageSize.Bytes - (uint)(address & PageSize.OffsetMask);
        copied = Math.Min(Math.Min(end - done, page), (uint)Fixed256<byte>.Length);
        Span<byte> part = buffer.Span.Slice(0, (int)copied);
        GuestLinear place = new(unchecked(arguments.Buffer + done));
        if (arguments.IsWrite != 0)
        {
            return GuestMemory.ReadBytes(place, part).Try(out _) && GuestView.Write(root, owner, address, part).Try(out _);
        }

        return GuestView.Read(root, owner, address, part).Try(out _) && GuestMemory.WriteBytes(place, part).Try(out _);
    }
}
