using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>
/// Tables of one domain that lost their last user and are giving up what their entries held, deepest last. The work is done in pieces;
/// it is finished before the domain's tables change in any other way, so that never more than a path or two are under way.
/// </summary>
/// <remarks>Under the domain's lock. A table on it is partial, with no type reference; its own contents still hold it.</remarks>
internal struct TableUnwinding
{
    private Fixed16<uint> _frames;
    private int _count;

    /// <summary>The number, plus one, of a table of level 1 that is whole; 0: not known.</summary>
    private ulong _wholeLeaf;

    /// <summary>True when nothing is under way.</summary>
    internal readonly bool IsEmpty => _count == 0;

    /// <summary>True for the table of level 1 that was last said to be whole: no table of the domain has begun to unwind since.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly bool IsKnownLeaf(Mfn table) => unchecked(table.Value + 1) == _wholeLeaf && _wholeLeaf != 0;

    /// <summary>A table of level 1, of the domain's, is whole, and nothing is under way.</summary>
    internal void KnowLeaf(Mfn table) => _wholeLeaf = table.Value + 1;

    /// <summary>None is known to be.</summary>
    internal void ForgetLeaf() => _wholeLeaf = 0;

    /// <summary>How many tables are under way.</summary>
    internal readonly int Depth => _count;

    /// <summary>Gives up a type reference on a table, and begins to give up its entries if it was the last.</summary>
    internal void DropTable(ref FrameInfo info)
    {
        FrameCounts.DropType(ref info, FrameCounts.TypeOf(in info));
        TryBegin(ref info);
    }

    /// <summary>Begins to give up the entries of a table, if nobody relies on it.</summary>
    internal bool TryBegin(ref FrameInfo info)
    {
        _wholeLeaf = 0;
        if (!FrameCounts.TryReopenTable(ref info))
        {
            return false;
        }

        _frames[_count] = (uint)FrameTable.FrameOf(ref info).Value;
        _count++;
        return true;
    }

    /// <summary>Goes on. EAGAIN: the budget, in entries, is spent and there is more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Result Continue(ref int budget) => IsEmpty ? Result.Success : Unwind(ref budget);

    private Result Unwind(ref int budget)
    {
        while (_count > 0)
        {
            int before = _count;
            ref FrameInfo info = ref FrameTable.Of(new Mfn(_frames[_count - 1]));
            GuestTables.GiveUp(ref info, ref this, ref budget);
            if (info.Progress > 0 && _count == before)
            {
                return Errno.Again;
            }

            if (_count == before)
            {
                _count--;
                Bug.Unless(FrameCounts.TryEndTable(ref info));
                FrameCounts.Drop(ref info);
            }
        }

        return Result.Success;
    }
}
