using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>
/// A hold on a frame of a domain: while it lives the frame is not freed and stays what <typeparamref name="TType"/> says. It cannot be
/// stored; <c>using</c> gives it up. What must outlive the visit is kept by machine code, which takes references of its own.
/// </summary>
/// <typeparam name="TType">What the frame is used as.</typeparam>
public readonly ref struct FrameRef<TType>
    where TType : struct, IFrameType
{
    private readonly Mfn _frame;

    internal FrameRef(Mfn frame) => _frame = frame;

    /// <summary>The frame.</summary>
    public Mfn Mfn => _frame;

    /// <summary>False for the empty reference, which holds nothing.</summary>
    public bool IsHeld => _frame.Value != 0;

    /// <summary>Holds nothing.</summary>
    internal static FrameRef<TType> None => default;

    /// <summary>Takes a hold, if the frame belongs to that domain and may be used so. Any number may be passed.</summary>
    /// <param name="frame">The frame, as a guest may have named it.</param>
    /// <param name="owner">Whose it must be.</param>
    /// <param name="held">The hold, or an empty one.</param>
    /// <returns>EINVAL: not a frame of that domain, or a table that nobody made; EBUSY: relied on as something else.</returns>
    public static Result Hold(Mfn frame, DomainId owner, out FrameRef<TType> held)
    {
        held = default;
        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref info, owner))
        {
            return Errno.Inval;
        }

        if (!FrameCounts.HoldType(ref info, TType.Type).Try(out Errno error))
        {
            FrameCounts.Drop(ref info);
            return error;
        }

        held = new FrameRef<TType>(frame);
        return Result.Success;
    }

    /// <summary>Gives the hold up.</summary>
    public void Dispose()
    {
        if (IsHeld)
        {
            Release(_frame);
        }
    }

    /// <summary>References of the same kind that outlive this hold: for an entry, or the root of a vCPU. EBUSY: too many.</summary>
    internal Result Keep() => Keep(_frame);

    /// <summary>Takes references on a frame that is held as this type already.</summary>
    internal static Result Keep(Mfn frame)
    {
        ref FrameInfo info = ref FrameTable.Of(frame);
        if (!FrameCounts.TryHoldAgain(ref info))
        {
            return Errno.Busy;
        }

        if (!FrameCounts.HoldType(ref info, TType.Type).Try(out Errno error))
        {
            FrameCounts.Drop(ref info);
            return error;
        }

        return Result.Success;
    }

    /// <summary>Gives up what <see cref="Keep()"/> took.</summary>
    internal static void Release(Mfn frame)
    {
        ref FrameInfo info = ref FrameTable.Of(frame);
        FrameCounts.DropType(ref info, TType.Type);
        FrameCounts.Drop(ref info);
    }
}
