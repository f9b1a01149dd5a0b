using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Smp;

/// <summary>
/// One visit to the page tables of a domain, on behalf of its guest: each call is checked from the ground up, whatever it is passed. What
/// replaced entries held of the domain's own is given up at once, and CPUs forget them before one of its frames can become anything
/// worse than writable, or another's; what they held of others is given up when no CPU remembers it, at the latest when the visit ends.
/// </summary>
/// <remarks>
/// The visit goes on as long as its budget lasts. A call that answers EAGAIN has changed nothing for the guest, though part of its
/// work is done: the guest's hypercall is made again with what is left.
/// </remarks>
public ref partial struct GuestPaging
{
    private const int Budget = 2048;

    private readonly ref DomainFrames _frames;
    private readonly DomainId _owner;
    private PageSource _pages;
    private readonly ulong _refused;
    private int _budget;
    private bool _mustFlush;

    /// <summary>Begins a visit.</summary>
    /// <param name="held">The domain's lock, held until the visit ends.</param>
    /// <param name="frames">The domain's frames.</param>
    /// <param name="owner">The domain.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GuestPaging(scoped in Locked<DomainRank> held, ref DomainFrames frames, DomainId owner)
    {
        _ = held;
        _frames = ref frames;
        _owner = owner;
        _pages = new PageSource(owner, frames.HasDevices);
        _refused = GuestClaim.RefusedInLeaf(frames.HasDevices);
        _budget = Budget;
        _mustFlush = false;
    }

    /// <summary>From here on entries of level 1 lead to pages of another: a domain, or one of the reserved ids, which own no frames.</summary>
    /// <param name="owner">Whose pages.</param>
    /// <param name="hasDevices">True: devices too, if the domain has any itself.</param>
    public void UsePagesOf(DomainId owner, bool hasDevices) => _pages = new PageSource(owner, hasDevices && _frames.HasDevices, isForeign: owner != _owner);

    /// <summary>True when the next call would only answer EAGAIN, or there are tables still to be given up.</summary>
    public readonly bool IsSpent => _budget <= 0 || !_frames.Unwinding.IsEmpty;

    /// <summary>For tests: how many entries this visit may look at.</summary>
    internal void LimitTo(int budget) => _budget = budget;

    /// <summary>Finishes what earlier visits left. EAGAIN: there is more of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Result Settle() => _frames.Unwinding.Continue(ref _budget);

    /// <summary>Ends the visit: no CPU remembers what was replaced, and its references are given up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose()
    {
        if (!_frames.Replaced.IsEmpty)
        {
            Forget();
        }

        if (_mustFlush)
        {
            Flush();
        }
    }

    /// <summary>CPUs forget what the domain's tables no longer have, so that its frames can be used otherwise.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="frames">The domain's frames.</param>
    /// <param name="owner">The domain.</param>
    public static void ForgetTranslations(scoped in Locked<DomainRank> held, ref DomainFrames frames, DomainId owner)
    {
        _ = held;
        if (frames.IsRemembered)
        {
            TlbShootdown.Of(owner);
            frames.IsRemembered = false;
        }
    }

    /// <summary>Every CPU that runs the domain forgets its translations before the visit ends.</summary>
    public void FlushAll() => _mustFlush = true;

    /// <summary>Makes a frame a table that stays one until it is unpinned. EINVAL: not the domain's, pinned, relied on as something else, or an
    /// entry that no guest may have; EBUSY, EPERM: what an entry leads to is not for that; EAGAIN.</summary>
    /// <param name="frame">Any number.</param>
    /// <param name="level">1 to 4.</param>
    public Result Pin(Mfn frame, int level)
    {
        if (!HoldTable(frame, level).Try(out Errno error))
        {
            return error;
        }

        ref FrameInfo info = ref FrameTable.Of(frame);
        if (FrameCounts.TryPin(ref info))
        {
            return Result.Success;
        }

        ReleaseTable(ref info);
        return Errno.Inval;
    }

    /// <summary>Lets a pinned table go. EINVAL: not the domain's, or not pinned.</summary>
    /// <param name="frame">Any number.</param>
    public Result Unpin(Mfn frame)
    {
        if (!Settle().Try(out Errno unfinished))
        {
            return unfinished;
        }

        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref info, _owner))
        {
            return Errno.Inval;
        }

        bool wasPinned = FrameCounts.TryUnpin(ref info);
        if (wasPinned)
        {
            ReleaseTable(ref info);
        }

        FrameCounts.Drop(ref info);
        return wasPinned ? Result.Success : Errno.Inval;
    }

    /// <summary>Takes both references on a frame as a table. Errors as <see cref="Pin"/>.</summary>
    private Result HoldTable(Mfn frame, int level)
    {
        if (!Settle().Try(out Errno unfinished))
        {
            return unfinished;
        }

        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref info, _owner))
        {
            return Errno.Inval;
        }

        Result held = GuestTables.HoldTable(ref info, level, ref _frames, ref _budget);
        if (held.Error == Errno.Again && _frames.IsRemembered)
        {
            Forget();
            held = GuestTables.HoldTable(ref info, level, ref _frames, ref _budget);
        }

        if (held.Try(out Errno error))
        {
            return Result.Success;
        }

        FrameCounts.Drop(ref info);
        return error;
    }

    private void Flush()
    {
        TlbShootdown.Of(_owner);
        _mustFlush = false;
        _frames.IsRemembered = false;
    }

    private void ReleaseTable(ref FrameInfo info)
    {
        _frames.Unwinding.DropTable(ref info);
        FrameCounts.Drop(ref info);
        Settle().Try(out _);
    }

    /// <summary>What was replaced is remembered by no CPU after this, and given up.</summary>
    private void Forget()
    {
        if (_frames.Replaced.IsEmpty && !_frames.IsRemembered)
        {
            return;
        }

        Flush();
        _frames.Replaced.GiveUp();
    }
}
