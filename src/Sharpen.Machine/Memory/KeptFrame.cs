using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>A frame that is kept for as long as something lives that is no page table: for devices to reach, for one. Never copied.</summary>
public struct KeptFrame
{
    private uint _frame;
    private bool _isWritable;

    /// <summary>True between <see cref="Keep"/> and <see cref="Release"/>.</summary>
    public readonly bool Exists => _frame != 0;

    /// <summary>Takes references. ENOENT: not a frame of that domain; EBUSY: relied on as something that must not be written; EEXIST: there is one.</summary>
    /// <param name="frame">Any number.</param>
    /// <param name="owner">Whose it must be.</param>
    /// <param name="isWritable">Whether it may be written.</param>
    public Result Keep(Mfn frame, DomainId owner, bool isWritable)
    {
        if (Exists)
        {
            return Errno.Exist;
        }

        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref info, owner))
        {
            return Errno.NoEnt;
        }

        if (!FrameCounts.HoldType(ref info, isWritable ? FrameType.Writable : FrameType.None).Try(out Errno busy))
        {
            FrameCounts.Drop(ref info);
            return busy;
        }

        _frame = (uint)frame.Value;
        _isWritable = isWritable;
        return Result.Success;
    }

    /// <summary>Gives them up.</summary>
    public void Release()
    {
        if (!Exists)
        {
            return;
        }

        ref FrameInfo info = ref FrameTable.Of(new Mfn(_frame));
        FrameCounts.DropType(ref info, _isWritable ? FrameType.Writable : FrameType.None);
        FrameCounts.Drop(ref info);
        _frame = 0;
    }
}
