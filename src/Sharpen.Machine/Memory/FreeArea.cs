using System.Numerics;
using Sharpen.Machine.Collections;

namespace Sharpen.Machine.Memory;

/// <summary>The free blocks of one zone of one node: a doubly linked list per order, threaded through the frame table.</summary>
internal struct FreeArea
{
    private uint _nonEmpty;
    private Fixed32<uint> _heads;

    /// <summary>Frames on the lists.</summary>
    internal ulong Frames { get; private set; }

    /// <summary>How many free blocks of exactly this order there are: walks the list.</summary>
    internal int CountOf(int order)
    {
        int count = 0;
        for (uint block = _heads[order]; block != 0; block = FrameTable.Of(new Mfn(block)).Next)
        {
            count++;
        }

        return count;
    }

    /// <summary>Takes a block of the order, splitting a larger one if need be.</summary>
    internal bool TryTake(int order, out Mfn block, out bool isDirty)
    {
        uint candidates = _nonEmpty >> order;
        block = default;
        isDirty = false;
        if (candidates == 0)
        {
            return false;
        }

        int found = order + BitOperations.TrailingZeroCount(candidates);
        block = new Mfn(_heads[found]);
        ref FrameInfo info = ref FrameTable.Of(block);
        isDirty = info.Dirty != 0;
        byte node = info.Node;
        Remove(ref info);
        while (found > order)
        {
            found--;
            Insert(block + (1UL << found), found, node, isDirty);
        }

        return true;
    }

    /// <summary>Puts a block on its list; coalescing is done before.</summary>
    internal void Insert(Mfn block, int order, byte node, bool isDirty)
    {
        ref FrameInfo info = ref FrameTable.Of(block);
        uint next = _heads[order];
        info.State = FrameState.Free;
        info.Order = (byte)order;
        info.Node = node;
        info.Dirty = isDirty ? (byte)1 : (byte)0;
        info.Previous = 0;
        info.Next = next;
        if (next != 0)
        {
            FrameTable.Of(new Mfn(next)).Previous = (uint)block.Value;
        }

        _heads[order] = (uint)block.Value;
        _nonEmpty |= 1U << order;
        Frames += 1UL << order;
    }

    /// <summary>Takes a given block off its list.</summary>
    internal void Remove(ref FrameInfo info)
    {
        int order = info.Order;
        if (info.Next != 0)
        {
            FrameTable.Of(new Mfn(info.Next)).Previous = info.Previous;
        }

        if (info.Previous != 0)
        {
            FrameTable.Of(new Mfn(info.Previous)).Next = info.Next;
        }
        else
        {
            _heads[order] = info.Next;
            _nonEmpty = info.Next == 0 ? _nonEmpty & ~(1U << order) : _nonEmpty;
        }

        info.State = FrameState.Unknown;
        info.Next = 0;
        info.Previous = 0;
        Frames -= 1UL << order;
    }
}
