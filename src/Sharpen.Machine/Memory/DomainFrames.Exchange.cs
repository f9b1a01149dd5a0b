using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>Frames that go for others: out of everybody's reach first, so that the exchange can still be called off.</summary>
public partial struct DomainFrames
{
    /// <summary>The frame that was added last, or an invalid one: what <see cref="FreeAfter"/> goes back to.</summary>
    public readonly Mfn Last => FromLink(_last);

    /// <summary>Takes a frame off the list that nobody else refers to. EINVAL: not the domain's, or in use; EAGAIN: CPUs may remember it.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="frame">Any number.</param>
    /// <param name="detached">Where it goes.</param>
    public Result Detach(scoped in Locked<DomainRank> held, DomainId owner, Mfn frame, ref DetachedFrames detached)
    {
        _ = held;
        if (IsRemembered)
        {
            return Errno.Again;
        }

        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryDetach(ref info, owner))
        {
            return Errno.Inval;
        }

        Remove(ref info);
        detached.Add(ref info);
        return Result.Success;
    }

    /// <summary>Takes them all back: nothing has happened.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="detached">From <see cref="Detach"/>.</param>
    public void Restore(scoped in Locked<DomainRank> held, ref DetachedFrames detached)
    {
        _ = held;
        while (detached.TryTake(out Mfn frame))
        {
            Append(frame, 1);
            FrameCounts.Attach(ref FrameTable.Of(frame));
        }
    }

    /// <summary>True when the domain may have a frame more.</summary>
    public readonly bool MayHaveMore(DomainId owner) => CountWithLingering(owner) < Limit;

    /// <summary>Adds frames that were another domain's, with what is in them.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="detached">From <see cref="Detach"/> of another; empty afterwards.</param>
    public void Adopt(scoped in Locked<DomainRank> held, DomainId owner, ref DetachedFrames detached)
    {
        _ = held;
        while (detached.TryTake(out Mfn frame))
        {
            ref FrameInfo info = ref FrameTable.Of(frame);
            info.Owner = owner;
            info.Type = 0;
            info.Progress = 0;
            MachineToPhysical.Forget(frame);
            Append(frame, 1);
            FrameCounts.Attach(ref info);
        }
    }

    /// <summary>Gives up all frames that were added after one.</summary>
    /// <param name="held">The domain's lock, held since then.</param>
    /// <param name="last">What was the last frame.</param>
    public void FreeAfter(scoped in Locked<DomainRank> held, Mfn last)
    {
        _ = held;
        while (_last != 0 && Last != last)
        {
            ref FrameInfo info = ref FrameTable.Of(Last);
            Remove(ref info);
            FrameCounts.Unlist(ref info);
        }
    }
}
