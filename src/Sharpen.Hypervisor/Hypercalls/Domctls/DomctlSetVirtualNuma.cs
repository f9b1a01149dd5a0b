using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Sets the nodes of memory that a domain sees; where its memory lies does not follow them. <see cref="Errno.Inval"/>: no nodes or too many, not its number of
/// vCPUs, or flags of a range; <see cref="Errno.TooBig"/>: a node of a vCPU that is not among them, or a node that no host has; <see cref="Errno.NoMem"/>:
/// more than 1024 ranges, or no room; <see cref="Errno.Fault"/>. What was set before stays unless memory fails.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetVirtualNuma)]
public readonly struct DomctlSetVirtualNuma : IDomctl<DomctlVirtualNuma>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlVirtualNuma arguments)
    {
        if (arguments.Nodes is 0 or > DomainNuma.MostNodes || arguments.Vcpus != (uint)target.MostVcpus || arguments.Padding != 0)
        {
            return Errno.Inval;
        }

        if (arguments.Ranges > DomainNuma.MostRanges)
        {
            return Errno.NoMem;
        }

        ulong pairs = arguments.Nodes * arguments.Nodes;
        if (!GuestHandle<GuestHalfWord>.From(arguments.Distances, pairs).Try(out GuestHandle<GuestHalfWord> distances, out Errno wrapped)
            || !GuestHandle<GuestHalfWord>.From(arguments.NodesOfVcpus, arguments.Vcpus).Try(out GuestHandle<GuestHalfWord> vcpus, out wrapped)
            || !GuestHandle<GuestHalfWord>.From(arguments.HostNodes, arguments.Nodes).Try(out GuestHandle<GuestHalfWord> hosts, out wrapped)
            || !GuestHandle<GuestHalfWord>.From(arguments.RangeList, arguments.Ranges * DomainNuma.RangeWords).Try(out GuestHandle<GuestHalfWord> ranges, out wrapped))
        {
            return wrapped;
        }

        Result sane = Below(hosts, DomainNuma.MostNodes);
        sane = sane.Try(out _) ? Below(vcpus, arguments.Nodes) : sane;
        sane = sane.Try(out _) ? WithoutFlags(ranges) : sane;
        return sane.Try(out _) ? Fill(ref target, in arguments, distances, vcpus, ranges) : sane;
    }

    // What was looked at may have changed meanwhile: what is kept is looked at again.
    private static Result Fill(
        ref Domain target, in DomctlVirtualNuma arguments, GuestHandle<GuestHalfWord> distances, GuestHandle<GuestHalfWord> vcpus, GuestHandle<GuestHalfWord> ranges)
    {
        int pairs = (int)distances.Count;
        int vcpuEnd = pairs + (int)vcpus.Count;
        int end = vcpuEnd + (int)ranges.Count;
        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        Result room = target.Phase >= DomainPhase.Dying ? Errno.Inval : DomainNuma.Reserve(in held, ref target, end);
        if (!room.Try(out _))
        {
            return room;
        }

        DomainNuma.SetCounts(in held, ref target, default);
        Span<GuestHalfWord> lists = DomainNuma.Lists(in held, ref target);
        if (!GuestMemory.ReadList(distances, 0, lists.Slice(0, pairs)).Try(out Errno unreadable)
            || !GuestMemory.ReadList(vcpus, 0, lists.Slice(pairs, vcpuEnd - pairs)).Try(out unreadable)
            || !GuestMemory.ReadList(ranges, 0, lists.Slice(vcpuEnd, end - vcpuEnd)).Try(out unreadable))
        {
            return unreadable;
        }

        for (int vcpu = pairs; vcpu < vcpuEnd; vcpu++)
        {
            if (lists[vcpu].Value >= arguments.Nodes)
            {
                return Errno.TooBig;
            }
        }

        for (int range = vcpuEnd; range < end; range += DomainNuma.RangeWords)
        {
            if (lists[range + DomainNuma.FlagsWord].Value != 0)
            {
                return Errno.Inval;
            }
        }

        DomainNuma.SetCounts(in held, ref target, new NumaCounts(arguments.Nodes, arguments.Vcpus, arguments.Ranges));
        return Result.Success;
    }

    private static Result Below(GuestHandle<GuestHalfWord> numbers, uint limit)
    {
        for (ulong index = 0; index < numbers.Count; index++)
        {
            if (!GuestMemory.Read(numbers, index).Try(out GuestHalfWord number, out Errno unreadable))
            {
                return unreadable;
            }

            if (number.Value >= limit)
            {
                return Errno.TooBig;
            }
        }

        return Result.Success;
    }

    private static Result WithoutFlags(GuestHandle<GuestHalfWord> ranges)
    {
        for (ulong index = DomainNuma.FlagsWord; index < ranges.Count; index += DomainNuma.RangeWords)
        {
            if (!GuestMemory.Read(ranges, index).Try(out GuestHalfWord flags, out Errno unreadable))
            {
                return unreadable;
            }

            if (flags.Value != 0)
            {
                return Errno.Inval;
            }
        }

        return Result.Success;
    }
}
