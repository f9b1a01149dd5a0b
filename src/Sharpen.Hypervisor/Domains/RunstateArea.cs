using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// A kernel's own copy of a vCPU's run states, at an address of its choice. It is written in the vCPU's own address space, whenever
/// the vCPU comes to a CPU or leaves one; if the page is not there nothing happens. Source: <c>vcpu.h</c>.
/// </summary>
public static class RunstateArea
{
    // XEN_RUNSTATE_UPDATE, and where state_entry_time lies in the record.
    private const ulong Updating = 1UL << 63;
    private const ulong EntryTimeOffset = 8;

    /// <summary>Writes the record of the vCPU whose address space this CPU has.</summary>
    public static void Publish(ref Vcpu vcpu)
    {
        if (vcpu.RunstateAddress != 0)
        {
            bool isFlagged = (Volatile.Read(ref DomainList.Of(ref vcpu).Assists) & (1UL << (int)VmAssistKind.RunstateUpdateFlag)) != 0;
            _ = Write(vcpu.RunstateAddress, vcpu.Runstates.Describe(vcpu.Runstates.Since), isFlagged);
        }
    }

    /// <summary>Writes a record. <see cref="Errno.Fault"/>: the place cannot be written.</summary>
    /// <param name="address">Where, in the address space that this CPU has.</param>
    /// <param name="info">What.</param>
    /// <param name="isFlagged">While it is half written, a bit in the entry time says so.</param>
    public static Result Write(ulong address, VcpuRunstateInfo info, bool isFlagged)
    {
        if (!GuestHandle<VcpuRunstateInfo>.From(address).Try(out GuestHandle<VcpuRunstateInfo> place, out Errno wrapped))
        {
            return wrapped;
        }

        if (!isFlagged)
        {
            return GuestMemory.Write(place, info);
        }

        if (!GuestHandle<GuestWord>.From(address + EntryTimeOffset).Try(out GuestHandle<GuestWord> entryTime, out wrapped))
        {
            return wrapped;
        }

        ulong since = info.EntryTime;
        info.EntryTime |= Updating;
        Result written = GuestMemory.Write(entryTime, new GuestWord(info.EntryTime));
        Interlocked.MemoryBarrier();
        written = written.Try(out _) ? GuestMemory.Write(place, info) : written;
        Interlocked.MemoryBarrier();
        return written.Try(out _) ? GuestMemory.Write(entryTime, new GuestWord(since)) : written;
    }
}
