using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Memory;

/// <summary>
/// Hands out naturally aligned blocks of 1 to 2^18 frames (buddy system). Free blocks are kept per node and zone; memory that
/// nobody has needed yet stays in <see cref="UntouchedMemory"/> and is carved up, a granule of the frame table at a time, when
/// the lists run dry. Guests' memory is taken from the top down, so that what old devices need stays free longest.
/// </summary>
public static partial class FrameAllocator
{
    internal struct HeapState
    {
        internal SpinLock<HeapRank> Lock;
        internal ulong TotalFrames;
        internal int NodeCount;
        internal uint FailEvery;
        internal uint Attempts;
        internal ulong Claimed;
        internal ulong Entered;
        internal Fixed256<FreeArea> Areas;
    }

    /// <summary>Who owns what no domain owns.</summary>
    internal static DomainId HypervisorId => new((ushort)ReservedDomain.Xen);

    private static ref HeapState State => ref Root.Of<HeapState>();

    internal static ref HeapState Heap => ref State;

    /// <summary>Where the memory is now.</summary>
    public static MemoryStatistics Statistics
    {
        get
        {
            ref HeapState heap = ref State;
            ulong free = 0;
            for (int area = 0; area < heap.NodeCount * Zones.Count; area++)
            {
                free += heap.Areas[area].Frames;
            }

            ulong untouched = UntouchedMemory.Frames;
            return new MemoryStatistics(heap.TotalFrames, free + untouched, untouched, UntouchedMemory.Lost, FrameTable.PopulatedGranules);
        }
    }

    /// <summary>Free blocks of exactly one order, on all lists.</summary>
    internal static int CountFree(PageOrder order)
    {
        ref HeapState heap = ref State;
        int count = 0;
        for (int area = 0; area < heap.NodeCount * Zones.Count; area++)
        {
            count += heap.Areas[area].CountOf(order.Value);
        }

        return count;
    }

    /// <summary>For tests: every so many-th allocation answers ENOMEM; 0 stops that.</summary>
    internal static void FailEvery(uint allocations)
    {
        State.FailEvery = allocations;
        State.Attempts = 0;
    }

    /// <summary>A block of frames for the hypervisor; its first frame. Contents are arbitrary unless <see cref="FrameOptions.Cleared"/>.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    /// <param name="outer">Proof that the heap's lock may be taken.</param>
    /// <param name="order">The size.</param>
    /// <param name="options">Where, and whether cleared.</param>
    /// <param name="node">The preferred node.</param>
    /// <returns>ENOMEM when no such block is free.</returns>
    internal static Result<Mfn> Allocate<TOuter>(scoped in Locked<TOuter> outer, PageOrder order, FrameOptions options = FrameOptions.None, int node = 0)
        where TOuter : IBefore<HeapRank> => Allocate(outer, order, options, node, new Mfn(AddressSpace.FrameLimit));

    /// <summary>The same below a limit.</summary>
    private static Result<Mfn> Allocate<TOuter>(scoped in Locked<TOuter> outer, PageOrder order, FrameOptions options, int node, Mfn limit)
        where TOuter : IBefore<HeapRank>
    {
        ref HeapState heap = ref State;
        Mfn block;
        bool isDirty;
        using (Locked<HeapRank> held = heap.Lock.Enter(outer))
        {
            if (heap.FailEvery != 0 && ++heap.Attempts % heap.FailEvery == 0)
            {
                return Errno.NoMem;
            }

            if (!TryTake(ref heap, order.Value, options, node, limit, out block, out isDirty))
            {
                return Errno.NoMem;
            }

            ref FrameInfo info = ref FrameTable.Of(block);
            info.State = FrameState.Hypervisor;
            info.Order = (byte)order.Value;
            info.Owner = HypervisorId;
        }

        if (isDirty && (options & FrameOptions.Cleared) != 0)
        {
            Scrubber.Clear(new FrameRange(block, order.Frames));
        }

        return block;
    }

    /// <summary>The same, for who holds no lock.</summary>
    internal static Result<Mfn> AllocateForHost(PageOrder order, FrameOptions options = FrameOptions.None) => Allocate(NoLocks.Held, order, options);

    /// <summary>Gives a block back. It must be exactly what was allocated; anything else is our bug and stops the host.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    /// <param name="outer">Proof that the heap's lock may be taken.</param>
    /// <param name="block">The first frame.</param>
    /// <param name="order">The size it was allocated with.</param>
    internal static void Free<TOuter>(scoped in Locked<TOuter> outer, Mfn block, PageOrder order)
        where TOuter : IBefore<HeapRank>
    {
        ref HeapState heap = ref State;
        using Locked<HeapRank> held = heap.Lock.Enter(outer);
        ref FrameInfo info = ref FrameTable.Find(block);
        Bug.Unless(!Unsafe.IsNullRef(ref info) && info.State == FrameState.Hypervisor && info.Order == order.Value);
        info.State = FrameState.Unknown;
        info.Owner = DomainId.Invalid;
        Release(ref heap, block, order.Value, info.Node, isDirty: true);
    }
}
