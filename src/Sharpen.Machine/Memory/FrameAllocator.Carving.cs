using System;
using System.Numerics;

namespace Sharpen.Machine.Memory;

/// <summary>Turning untouched memory into blocks, and giving the frame table its memory. All under the heap's lock.</summary>
public static partial class FrameAllocator
{
    /// <summary>From this order on, blocks are cut out of untouched memory whole: a carved granule may hold none because it holds its own table.</summary>
    private const int WholeBlockOrder = 12;

    /// <summary>Takes over the memory of one node. Nothing is touched yet.</summary>
    internal static void Add(FrameRange frames, int node)
    {
        ref HeapState heap = ref State;
        FrameRange usable = frames.Intersect(FrameRange.Between(new Mfn(1), new Mfn(AddressSpace.FrameLimit)));
        int known = Math.Min(Math.Max(node, 0), MemoryNodes.Limit - 1);
        heap.NodeCount = Math.Max(heap.NodeCount, known + 1);
        heap.TotalFrames += usable.Frames;
        UntouchedMemory.Add(usable, known);
    }

    /// <summary>Moves the untouched memory of one granule, the highest, to the lists. False when the zone, or the part of it, has none left.</summary>
    private static bool Carve(ref HeapState heap, int node, FrameRange zoneRange)
    {
        if (!UntouchedMemory.TryFindTop(zoneRange, node, out Mfn top))
        {
            return false;
        }

        int granule = FrameTable.GranuleOf(top);
        FrameRange within = FrameTable.FramesOf(granule).Intersect(zoneRange);
        bool isKnown = FrameTable.IsPopulated(granule) || TryPopulate(granule, within);
        while (UntouchedMemory.TryTakePart(within, node, out FrameRange part))
        {
            if (isKnown)
            {
                Insert(ref heap, part, (byte)node);
            }
            else
            {
                UntouchedMemory.Lose(part.Frames);
            }
        }

        return true;
    }

    /// <summary>Cuts one large block out of untouched memory; the table's memory comes from elsewhere.</summary>
    private static bool TryTakeWhole(ref HeapState heap, int order, int node, FrameRange zoneRange, out Mfn block)
    {
        ulong frames = 1UL << order;
        if (!UntouchedMemory.TryTakeAligned(frames, zoneRange, node, out block))
        {
            return false;
        }

        if (!TryDescribe(new FrameRange(block, frames)))
        {
            UntouchedMemory.Add(new FrameRange(block, frames), node);
            return false;
        }

        FrameTable.Of(block).Node = (byte)node;
        return true;
    }

    /// <summary>Gives a run of frames, below <see cref="AddressSpace.FrameLimit"/>, their places in the frame table. False: no memory.</summary>
    private static bool TryDescribe(FrameRange frames)
    {
        for (int granule = FrameTable.GranuleOf(frames.First); granule <= FrameTable.GranuleOf(new Mfn(frames.End.Value - 1)); granule++)
        {
            if (!FrameTable.IsPopulated(granule) && !TryPopulate(granule, default))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds 2 MiB for a granule of the frame table: in the memory it describes, else on the lists, else anywhere.</summary>
    private static bool TryPopulate(int granule, FrameRange within)
    {
        bool found = UntouchedMemory.TryTakeAligned(FrameTable.TableFrames, within, -1, out Mfn memory)
            || TryTakeForTables(PageOrder.Large, out memory)
            || UntouchedMemory.TryTakeAligned(FrameTable.TableFrames, Zones.Mapped, -1, out memory);
        if (!found)
        {
            return false;
        }

        if (FrameTable.Populate(granule, memory))
        {
            return true;
        }

        UntouchedMemory.Lose(FrameTable.TableFrames);
        return false;
    }

    /// <summary>Cuts a run into the largest aligned blocks. What nobody has used yet counts as dirty: firmware and loaders were there.</summary>
    private static void Insert(ref HeapState heap, FrameRange run, byte node)
    {
        Mfn first = run.First;
        while (first < run.End)
        {
            int order = Math.Min(PageOrder.Max.Value, BitOperations.Log2(run.End - first));
            order = Math.Min(order, BitOperations.TrailingZeroCount(first.Value));
            Release(ref heap, first, order, node, isDirty: true);
            first += 1UL << order;
        }
    }
}
