using System;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// The nodes of memory that a domain sees, as its toolstack says: nothing follows from them but what the domain is told. They lie in one block
/// of 32-bit numbers: how many nodes, vCPUs and ranges, the distances row by row, the node of each vCPU, the ranges as the ABI lays them out.
/// All under the domain's lock. Source: <c>domctl.h</c>, <c>struct xen_domctl_vnuma</c>; <c>memory.h</c>, <c>struct xen_vmemrange</c>.
/// </summary>
internal static class DomainNuma
{
    /// <summary>Most nodes that a domain sees, and number of those that a host may have.</summary>
    internal const uint MostNodes = 64;

    /// <summary>Most ranges of memory.</summary>
    internal const uint MostRanges = 1024;

    /// <summary>Numbers of a range.</summary>
    internal const int RangeWords = 6;

    /// <summary>Which of them is the flags.</summary>
    internal const int FlagsWord = 4;

    /// <summary>Numbers in front of the lists.</summary>
    internal const int HeadWords = 4;

    /// <summary>How many nodes, vCPUs and ranges a domain sees; no nodes: nobody has said it.</summary>
    internal static NumaCounts Counts(scoped in Locked<DomainRank> held, ref Domain domain)
    {
        _ = held;
        Span<GuestHalfWord> words = domain.Numa.Items<GuestHalfWord>();
        return words.IsEmpty ? default : new NumaCounts(words[0].Value, words[1].Value, words[2].Value);
    }

    /// <summary>Says that the lists are there, or that nothing is.</summary>
    internal static void SetCounts(scoped in Locked<DomainRank> held, ref Domain domain, in NumaCounts counts)
    {
        _ = held;
        Span<GuestHalfWord> words = domain.Numa.Items<GuestHalfWord>();
        words[0] = new GuestHalfWord(counts.Nodes);
        words[1] = new GuestHalfWord(counts.Vcpus);
        words[2] = new GuestHalfWord(counts.Ranges);
    }

    /// <summary>The lists: distances, nodes of vCPUs, ranges. There is room for them.</summary>
    internal static Span<GuestHalfWord> Lists(scoped in Locked<DomainRank> held, ref Domain domain)
    {
        _ = held;
        return domain.Numa.Items<GuestHalfWord>().Slice(HeadWords);
    }

    /// <summary>Makes room for so many numbers; what was there is lost when it has to grow. ENOMEM.</summary>
    internal static Result Reserve(scoped in Locked<DomainRank> held, ref Domain domain, int words)
    {
        if (domain.Numa.Items<GuestHalfWord>().Length >= HeadWords + words)
        {
            return Result.Success;
        }

        Release(in held, ref domain);
        Result allocated = domain.Numa.Allocate(held, (ulong)(uint)(HeadWords + words) * sizeof(uint));
        domain.Owned.OverheadFrames += allocated.Try(out _) ? domain.Numa.Frames : 0;
        return allocated;
    }

    /// <summary>Gives the room back.</summary>
    internal static void Release(scoped in Locked<DomainRank> held, ref Domain domain)
    {
        domain.Owned.OverheadFrames -= domain.Numa.Frames;
        _ = domain.Numa.Release(in held);
    }
}
