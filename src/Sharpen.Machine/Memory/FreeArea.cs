using System.Numerics;
using Sharpen.Machine.Collections;

namespace Sharpen.Machine.Memory;

/// <summary>The free blocks of one zone of one node: a doubly linked list per order, threaded through the frame table.</summary>
internal struct FreeArea
{
    private const int MostLooked = 256;

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
        isDirty = Split(block, found, order);
        return true;
    }

    /// <summary>Takes a block of the order that ends at or before a frame: looks at so many blocks of each size and gives up.</summary>
    internal bool TryTakeBelow(int order, Mfn end, out Mfn block, out bool isDirty)
    {
        isDirty = false;
        block = default;
        for (int found = order; found <= PageOrder.Max.Value; found++)
        {
            uint next = _heads[found];
            for (int looked = 0; next != 0 && looked < MostLooked; looked++)
            {
                block = new Mfn(next);
                if (!(block + (1UL << order) > end))
                {
                    isDirty = Split(block, found, order);
                    return true;
                }

                next = FrameTable.Of(block).Next;
            }
        }

        return false;
    }

    /// <summary>Takes a block off its list and puts all but its lowest part back. True: it may hold somebody's data.</summary>
    private bool Split(Mfn block, int found, int order)
    {
        ref FrameInfo info = ref FrameTable.Of(block);
        bool isDirty = info.Dirty != 0;
        byte node = info.Node;
        Remove(ref info);
        while (found > order)
        {
            found--;
            Insert(block + (1UL << found), found, node, isDirty);
        }

        return isDirty;
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
