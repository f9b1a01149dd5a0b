using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Memory;

/// <summary>Taking from the lists and coalescing. All under the heap's lock.</summary>
public static partial class FrameAllocator
{
    /// <summary>Frames for tables of the hypervisor, from the lists only: never carves, so carving may call it.</summary>
    internal static bool TryTakeForTables(PageOrder order, out Mfn block)
    {
        ref HeapState heap = ref State;
        for (int node = 0; node < heap.NodeCount; node++)
        {
            for (MemoryZone zone = MemoryZone.Direct; zone >= MemoryZone.BelowFourGibibytes; zone--)
            {
                if (AreaOf(ref heap, node, zone).TryTake(order.Value, out block, out _))
                {
                    return true;
                }
            }
        }

        block = default;
        return false;
    }

    private static ref FreeArea AreaOf(ref HeapState heap, int node, MemoryZone zone) => ref heap.Areas[(node * Zones.Count) + (int)zone];

    private static bool TryTake(ref HeapState heap, int order, FrameOptions options, int preferred, Mfn limit, out Mfn block, out bool isDirty)
    {
        int first = preferred >= 0 && preferred < heap.NodeCount ? preferred : 0;
        int nodes = (options & FrameOptions.ThisNode) == 0 ? heap.NodeCount : preferred == first ? 1 : 0;
        for (int turn = 0; turn < nodes; turn++)
        {
            int node = first + turn < heap.NodeCount ? first + turn : first + turn - heap.NodeCount;
            for (MemoryZone zone = HighestZone(options); zone >= LowestZone(options); zone--)
            {
                FrameRange within = Zones.RangeOf(zone);
                FrameRange part = within.Intersect(FrameRange.Between(new Mfn(0), limit));
                bool isTaken = part.Frames == within.Frames ? TryTakeFrom(ref heap, order, node, zone, out block, out isDirty)
                    : TryTakeWithin(ref heap, order, node, zone, part, out block, out isDirty);
                if (isTaken)
                {
                    return true;
                }
            }
        }

        block = default;
        isDirty = false;
        return false;
    }

    private static bool TryTakeFrom(ref HeapState heap, int order, int node, MemoryZone zone, out Mfn block, out bool isDirty)
    {
        ref FreeArea area = ref AreaOf(ref heap, node, zone);
        if (area.TryTake(order, out block, out isDirty))
        {
            return true;
        }

        if (order >= WholeBlockOrder && TryTakeWhole(ref heap, order, node, Zones.RangeOf(zone), out block))
        {
            isDirty = true;
            return true;
        }

        // Each turn takes a granule's part out of the untouched memory, so this ends.
        while (Carve(ref heap, node, Zones.RangeOf(zone)))
        {
            if (area.TryTake(order, out block, out isDirty))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same from the lower part of a zone.</summary>
    private static bool TryTakeWithin(ref HeapState heap, int order, int node, MemoryZone zone, FrameRange part, out Mfn block, out bool isDirty)
    {
        ref FreeArea area = ref AreaOf(ref heap, node, zone);
        block = default;
        isDirty = false;
        if (part.Frames < 1UL << order)
        {
            return false;
        }

        do
        {
            if (area.TryTakeBelow(order, part.End, out block, out isDirty))
            {
                return true;
            }
        }
        while (Carve(ref heap, node, part));
        return false;
    }

    private static MemoryZone HighestZone(FrameOptions options)
    {
        if ((options & FrameOptions.VeryLow) != 0)
        {
            return MemoryZone.BelowOneMebibyte;
        }

        if ((options & FrameOptions.Low) != 0)
        {
            return MemoryZone.BelowFourGibibytes;
        }

        return (options & FrameOptions.Anywhere) != 0 ? MemoryZone.Beyond : MemoryZone.Direct;
    }

    private static MemoryZone LowestZone(FrameOptions options) =>
        (options & FrameOptions.VeryLow) != 0 ? MemoryZone.BelowOneMebibyte : MemoryZone.BelowFourGibibytes;

    /// <summary>Joins a block with its free neighbours and puts the result on its list.</summary>
    private static void Release(ref HeapState heap, Mfn block, int order, byte node, bool isDirty)
    {
        ref FreeArea area = ref AreaOf(ref heap, node, Zones.Of(block));
        MemoryZone zone = Zones.Of(block);
        while (order < PageOrder.Max.Value)
        {
            Mfn buddy = new(block.Value ^ (1UL << order));
            ref FrameInfo info = ref FrameTable.Find(buddy);
            if (Unsafe.IsNullRef(ref info) || info.State != FrameState.Free || info.Order != order || info.Node != node || Zones.Of(buddy) != zone)
            {
                break;
            }

            isDirty |= info.Dirty != 0;
            area.Remove(ref info);
            block = buddy < block ? buddy : block;
            order++;
        }

        area.Insert(block, order, node, isDirty);
    }
}
