using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Memory;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Copies the map of the caller's pseudo-physical memory out, as much as fits. <see cref="Errno.NoSys"/>: nobody has set one;
/// <see cref="Errno.Fault"/>: the buffer cannot be written.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.MemoryMap, WritesBack = true)]
public readonly struct MemoryMapGet : IHypercall<MemoryMapBuffer>
{
    public static Answer Execute(ref Vcpu caller, ref MemoryMapBuffer arguments)
    {
        ref Domain domain = ref DomainList.Of(ref caller);
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        int count = (int)Math.Min((uint)domain.MapEntries, arguments.Entries);
        if (domain.MapEntries == 0)
        {
            return Errno.NoSys;
        }

        Result written = Result.Success;
        Span<MapEntry> entries = domain.Map.Items<MapEntry>();
        written = MemoryMapCopy.Write(arguments.Buffer, entries.Slice(0, count));
        arguments.Entries = (uint)count;
        return written;
    }
}
