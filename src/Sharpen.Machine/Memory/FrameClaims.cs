using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>
/// Free memory that domains are yet to take: others do not get it. Only numbers, no frames. Source: <c>memory.h</c>, <c>XENMEM_claim_pages</c>.
/// </summary>
internal static class FrameClaims
{
    /// <summary>Sets frames aside for who takes them later. ENOMEM: so many are not free, or claimed by others.</summary>
    internal static Result Add<TOuter>(scoped in Locked<TOuter> outer, ulong frames)
        where TOuter : IBefore<HeapRank>
    {
        ref FrameAllocator.HeapState heap = ref FrameAllocator.Heap;
        using Locked<HeapRank> held = heap.Lock.Enter(outer);
        ulong free = FrameAllocator.Statistics.FreeFrames;
        ulong spoken = heap.Claimed + heap.Entered;
        if (spoken > free || frames > free - spoken)
        {
            return Errno.NoMem;
        }

        heap.Claimed += frames;
        return Result.Success;
    }

    /// <summary>So many that were claimed have been taken, or are wanted no more.</summary>
    internal static void Remove<TOuter>(scoped in Locked<TOuter> outer, ulong frames)
        where TOuter : IBefore<HeapRank>
    {
        ref FrameAllocator.HeapState heap = ref FrameAllocator.Heap;
        using Locked<HeapRank> held = heap.Lock.Enter(outer);
        heap.Claimed -= frames;
    }

    /// <summary>Begins an allocation for who has claimed that many himself. False: the memory is others'.</summary>
    internal static bool TryEnter<TOuter>(scoped in Locked<TOuter> outer, ulong frames, ulong claim)
        where TOuter : IBefore<HeapRank>
    {
        ref FrameAllocator.HeapState heap = ref FrameAllocator.Heap;
        using Locked<HeapRank> held = heap.Lock.Enter(outer);
        if (heap.Claimed != 0 && claim < frames)
        {
            ulong free = FrameAllocator.Statistics.FreeFrames;
            ulong spoken = heap.Claimed + heap.Entered;
            if (spoken > free || frames > free - spoken)
            {
                return false;
            }
        }

        heap.Entered += frames;
        return true;
    }

    /// <summary>The allocation has happened, or failed.</summary>
    internal static void Leave<TOuter>(scoped in Locked<TOuter> outer, ulong frames)
        where TOuter : IBefore<HeapRank>
    {
        ref FrameAllocator.HeapState heap = ref FrameAllocator.Heap;
        using Locked<HeapRank> held = heap.Lock.Enter(outer);
        heap.Entered -= frames;
    }
}
