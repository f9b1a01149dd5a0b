using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>The frames that belong to one domain, as a list in the order of allocation. Lies in the domain; meaningful when all zero.</summary>
/// <remarks>The list holds a reference on each frame. Its methods need the domain's lock; the frames themselves are used through <see cref="FrameRef{TType}"/>.</remarks>
public partial struct DomainFrames
{
    private uint _first;
    private uint _last;
    private uint _cursor;
    private int _level;
    private bool _onlyLeading;
    private ulong _count;

    private ulong _limit;
    private ulong _claim;

    /// <summary>Tables that lost their last user and are giving up their entries. Under the domain's lock.</summary>
    internal TableUnwinding Unwinding;

    /// <summary>What was replaced during the visit that is under way. Under the domain's lock.</summary>
    internal ReplacedEntries Replaced;

    /// <summary>True when the domain has any device, and so chooses how memory is cached. Under the domain's lock.</summary>
    public bool HasDevices;

    /// <summary>The frames of devices that its page tables may lead to. Under the domain's lock to change.</summary>
    public IoRanges Devices;

    /// <summary>
    /// True when CPUs may remember translations, to frames of this domain, that its tables no longer have, although their references are
    /// given up. Until those CPUs have forgotten, no such frame may become a table or descriptors, or go to somebody else.
    /// </summary>
    internal bool IsRemembered;

    /// <summary>True when an entry of one of its tables leads, or led, to another of the same level. Under the domain's lock.</summary>
    internal bool LeadsAcross;

    /// <summary>How many frames are on the list.</summary>
    public readonly ulong Count => _count;

    /// <summary>The first frame, or an invalid one.</summary>
    public readonly Mfn First => FromLink(_first);

    /// <summary>The frame after one that is on this list, or an invalid one.</summary>
    public static Mfn After(Mfn frame) => FromLink(FrameTable.Of(frame).Next);

    /// <summary>How many frames are kept free for it.</summary>
    public readonly ulong Claimed => _claim;

    /// <summary>What a frame of a domain is used as. EINVAL: not one of that domain.</summary>
    /// <param name="owner">The domain.</param>
    /// <param name="frame">Any number.</param>
    /// <param name="type">Its use; what guests change meanwhile may be shown late.</param>
    /// <param name="isPinned">True for a table that the guest has pinned.</param>
    public static Result Look(DomainId owner, Mfn frame, out FrameType type, out bool isPinned)
    {
        type = FrameType.None;
        isPinned = false;
        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref info, owner))
        {
            return Errno.Inval;
        }

        isPinned = FrameCounts.IsPinned(in info);
        type = FrameCounts.HasContents(in info) || FrameCounts.TypeReferences(in info) != 0 ? FrameCounts.TypeOf(in info) : FrameType.None;
        FrameCounts.Drop(ref info);
        return Result.Success;
    }

    /// <summary>How many frames it may have, those counted that it gave back and others still refer to; without a limit as many as 32 bits can count.</summary>
    public ulong Limit
    {
        readonly get => _limit == 0 ? uint.MaxValue : _limit - 1;
        set => _limit = System.Math.Min(value, uint.MaxValue) + 1;
    }

    /// <summary>True once after the last frame went that some domain had given back.</summary>
    public static bool HasSettled => LingeringFrames.HasSettled;

    /// <summary>The same, and forgets it.</summary>
    public static bool TakeSettled() => LingeringFrames.TakeSettled();

    /// <summary>All that counts against the limit.</summary>
    public readonly ulong CountWithLingering(DomainId owner) => _count + LingeringFrames.Of(owner);

    /// <summary>Adds a block of cleared frames, in ascending order. Only while no teardown has begun.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="order">How many.</param>
    /// <param name="request">Where they should lie.</param>
    /// <returns>The first frame; ENOMEM; E2BIG: more than the domain may have.</returns>
    public Result<Mfn> Allocate(scoped in Locked<DomainRank> held, DomainId owner, PageOrder order, FrameRequest request = default)
    {
        ulong had = CountWithLingering(owner);
        if (had > Limit || order.Frames > Limit - had)
        {
            return Errno.TooBig;
        }

        if (!FrameAllocator.AllocateForDomain(held, owner, order, request, _claim).Try(out Mfn block, out Errno error))
        {
            return error;
        }

        Append(block, order.Frames);
        Unclaim(in held, System.Math.Min(_claim, order.Frames));
        return block;
    }

    /// <summary>
    /// Adds memory that bring-up held back, with what lies there. Only while no teardown has begun. E2BIG: more than the domain may have;
    /// ENOENT: not all of it is held back; ENOMEM: no memory for what describes it.
    /// </summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="frames">A run; any numbers.</param>
    public Result Adopt(scoped in Locked<DomainRank> held, DomainId owner, FrameRange frames)
    {
        ulong had = CountWithLingering(owner);
        if (had > Limit || frames.Frames > Limit - had)
        {
            return Errno.TooBig;
        }

        Result given = FrameAllocator.GiveHeld(held, owner, frames);
        if (given.Try(out _))
        {
            Append(frames.First, frames.Frames);
        }

        return given;
    }

    /// <summary>
    /// Claims memory up to a number of frames in all; zero ends the claim. EINVAL: there is a claim, the domain has as many, or may not;
    /// ENOMEM: so much is not free.
    /// </summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="frames">How many, with those that it has.</param>
    public Result Claim(scoped in Locked<DomainRank> held, DomainId owner, ulong frames)
    {
        if (frames == 0)
        {
            Unclaim(in held, _claim);
            return Result.Success;
        }

        ulong has = CountWithLingering(owner);
        if (_claim != 0 || frames <= has || frames > Limit)
        {
            return Errno.Inval;
        }

        Result claimed = FrameClaims.Add(held, frames - has);
        _claim = claimed.Try(out _) ? frames - has : 0;
        return claimed;
    }

    private void Unclaim(scoped in Locked<DomainRank> held, ulong frames)
    {
        if (frames != 0)
        {
            FrameClaims.Remove(held, frames);
            _claim -= frames;
        }
    }

    /// <summary>Takes one frame off the list and gives up the list's reference. ENOENT: not on it; EBUSY: a page table; EAGAIN: CPUs may remember it.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="frame">Any number.</param>
    public Result Free(scoped in Locked<DomainRank> held, DomainId owner, Mfn frame)
    {
        _ = held;
        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref info, owner))
        {
            return Errno.NoEnt;
        }

        Errno error = !FrameCounts.IsListed(in info) ? Errno.NoEnt : FrameCounts.HasContents(in info) ? Errno.Busy : IsRemembered ? Errno.Again : Errno.None;
        if (error == Errno.None)
        {
            Remove(ref info);
            FrameCounts.Unlist(ref info);
        }

        FrameCounts.Drop(ref info);
        return error;
    }

    /// <summary>
    /// Teardown, first part: gives up the contents of the domain's page tables, roots first, in steps. No vCPU may run on them and the
    /// kept roots must have been released.
    /// </summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="budget">How many frames and entries to look at, about.</param>
    /// <returns>Success when all is done; EAGAIN when there is more; EBUSY when somebody still relies on a table.</returns>
    public Result EmptyTables(scoped in Locked<DomainRank> held, int budget)
    {
        _ = held;
        Unwinding.ForgetLeaf();
        if (!Unwinding.Continue(ref budget).Try(out Errno unfinished))
        {
            return unfinished;
        }

        if (_level == 0)
        {
            _level = HostFormat.Levels;
            _cursor = _first;
            _onlyLeading = LeadsAcross;
        }

        while (_level > 0)
        {
            while (_cursor != 0)
            {
                if (budget <= 0)
                {
                    return Errno.Again;
                }

                ref FrameInfo info = ref FrameTable.Of(new Mfn(_cursor));
                budget -= _onlyLeading ? 1 : 0;
                if ((!_onlyLeading || FrameCounts.IsLeading(in info)) && !GuestTables.Empty(ref info, _level, ref budget).Try(out Errno error))
                {
                    return error;
                }

                _cursor = info.Next;
            }

            // Of each level first those tables that hold others of it.
            _level -= _onlyLeading ? 0 : 1;
            _onlyLeading = LeadsAcross && !_onlyLeading;
            _cursor = _first;
        }

        return Result.Success;
    }

    /// <summary>
    /// Teardown, second part: gives up the frames and the claim, in steps. A frame that others still hold is nobody's until they let
    /// go; for one that the domain had given back before, the domain's number is not free until then.
    /// </summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="budget">How many frames.</param>
    /// <returns>Success when none is left; EAGAIN when there is more.</returns>
    public Result Relinquish(scoped in Locked<DomainRank> held, int budget)
    {
        Unclaim(in held, _claim);
        while (_first != 0)
        {
            if (budget-- <= 0)
            {
                return Errno.Again;
            }

            ref FrameInfo info = ref FrameTable.Of(new Mfn(_first));
            Remove(ref info);
            info.Owner = DomainId.Invalid;    // the id may be used again while others still hold the frame
            FrameCounts.Unlist(ref info);
        }

        _level = 0;
        return Result.Success;
    }

    private static Mfn FromLink(uint link) => link == 0 ? Mfn.Invalid : new Mfn(link);

    // Neighbours in the host are neighbours on the list.
    private void Append(Mfn block, ulong frames)
    {
        unchecked
        {
            uint first = (uint)block.Value;
            uint last = first + (uint)frames - 1;
            ref FrameInfo info = ref FrameTable.Of(block);
            uint frame = first;
            for (ulong left = frames; left != 0; left--, frame++)    // by count: the last frame may have the highest number
            {
                info.Next = frame + 1;
                info.Previous = frame - 1;
                info = ref Unsafe.Add(ref info, 1);
            }

            FrameTable.Of(block).Previous = _last;
            FrameTable.Of(new Mfn(last)).Next = 0;
            if (_last == 0)
            {
                _first = first;
            }
            else
            {
                FrameTable.Of(new Mfn(_last)).Next = first;
            }

            _last = last;
            _count += frames;
        }
    }

    private void Remove(ref FrameInfo info)
    {
        if (_cursor == (uint)FrameTable.FrameOf(ref info).Value)
        {
            _cursor = info.Next;
        }

        if (info.Previous == 0)
        {
            _first = info.Next;
        }
        else
        {
            FrameTable.Of(new Mfn(info.Previous)).Next = info.Next;
        }

        if (info.Next == 0)
        {
            _last = info.Previous;
        }
        else
        {
            FrameTable.Of(new Mfn(info.Next)).Previous = info.Previous;
        }

        info.Next = 0;
        info.Previous = 0;
        _count--;
    }
}
