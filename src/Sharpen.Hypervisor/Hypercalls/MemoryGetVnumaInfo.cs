using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Tells which nodes of memory a domain sees. <see cref="Errno.NoBufs"/>: there are more nodes, vCPUs or ranges than there is room for, and how many is told;
/// <see cref="Errno.OpNotSupp"/>: nobody has set any; <see cref="Errno.Inval"/>: the padding is not zero; <see cref="Errno.Srch"/>; <see cref="Errno.Perm"/>;
/// <see cref="Errno.Fault"/>.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.GetVnumaInfo)]
public readonly struct MemoryGetVnumaInfo : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GuestHandle<VnumaTopology>.From(call.Second).Try(out GuestHandle<VnumaTopology> handle, out Errno wrapped)
            || !GuestMemory.Read(handle).Try(out VnumaTopology asked, out wrapped))
        {
            return wrapped;
        }

        if (asked.Padding != 0)
        {
            return Errno.Inval;
        }

        ref Domain domain = ref MemoryTarget.Find(ref caller, asked.Domain, out Errno error);
        if (Refs.IsNull(ref domain))
        {
            return error;
        }

        Result told = Tell(ref domain, ref asked);
        bool isAnswer = told.Try(out Errno refused) || refused == Errno.NoBufs;
        return isAnswer && !GuestMemory.Write(handle, asked).Try(out Errno unwritable) ? unwritable : told;
    }

    private static Result Tell(ref Domain domain, ref VnumaTopology asked)
    {
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        NumaCounts counts = DomainNuma.Counts(in held, ref domain);
        if (counts.Nodes == 0)
        {
            return Errno.OpNotSupp;
        }

        bool fits = asked.Nodes >= counts.Nodes && asked.Vcpus >= counts.Vcpus && asked.Ranges >= counts.Ranges;
        (asked.Nodes, asked.Vcpus, asked.Ranges) = (counts.Nodes, counts.Vcpus, counts.Ranges);
        if (!fits)
        {
            return Errno.NoBufs;
        }

        int pairs = (int)(counts.Nodes * counts.Nodes);
        int vcpus = (int)counts.Vcpus;
        Span<GuestHalfWord> lists = DomainNuma.Lists(in held, ref domain);
        Result written = Write(asked.Distances, lists.Slice(0, pairs));
        written = written.Try(out _) ? Write(asked.NodeOfVcpu, lists.Slice(pairs, vcpus)) : written;
        return written.Try(out _) ? Write(asked.MemoryRanges, lists.Slice(pairs + vcpus, (int)counts.Ranges * DomainNuma.RangeWords)) : written;
    }

    private static Result Write(ulong address, scoped ReadOnlySpan<GuestHalfWord> numbers)
    {
        Result written = GuestHandle<GuestHalfWord>.From(address, (ulong)(uint)numbers.Length).Try(out GuestHandle<GuestHalfWord> place, out Errno wrapped) ? Result.Success : wrapped;
        for (int index = 0; index < numbers.Length && written.Try(out _); index++)
        {
            written = GuestMemory.Write(place, numbers[index], (ulong)(uint)index);
        }

        return written;
    }
}
