using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>Frames of domains: every frame of a block is marked, counted and freed by itself.</summary>
public static partial class FrameAllocator
{
    /// <summary>A block of cleared frames for a domain, each with the one reference of the domain's list. ENOMEM.</summary>
    internal static Result<Mfn> AllocateForDomain<TOuter>(scoped in Locked<TOuter> outer, DomainId owner, PageOrder order, FrameOptions options)
        where TOuter : IBefore<HeapRank> =>
        Allocate(outer, order, options | FrameOptions.Cleared).Try(out Mfn block, out Errno error) ? Give(outer, owner, order, block) : error;

    /// <summary>The same for frames below a limit, of a node, or not cleared, less what others have claimed. ENOMEM.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    /// <param name="outer">Proof that the heap's lock may be taken.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="order">The size.</param>
    /// <param name="request">Where.</param>
    /// <param name="claim">How many frames the domain itself has claimed.</param>
    internal static Result<Mfn> AllocateForDomain<TOuter>(scoped in Locked<TOuter> outer, DomainId owner, PageOrder order, FrameRequest request, ulong claim)
        where TOuter : IBefore<HeapRank>
    {
        if (!FrameClaims.TryEnter(outer, order.Frames, claim))
        {
            return Errno.NoMem;
        }

        Result<Mfn> taken = Allocate(outer, order, request.Options, request.Node, request.Limit);
        FrameClaims.Leave(outer, order.Frames);
        return taken.Try(out Mfn block, out Errno error) ? Give(outer, owner, order, block) : error;
    }

    /// <summary>Memory that was held back becomes a domain's, with what lies there. ENOENT: not all of it is held; ENOMEM.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    /// <param name="outer">Proof that the heap's lock may be taken.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="frames">A run; any numbers.</param>
    internal static Result GiveHeld<TOuter>(scoped in Locked<TOuter> outer, DomainId owner, FrameRange frames)
        where TOuter : IBefore<HeapRank>
    {
        using (Locked<HeapRank> held = State.Lock.Enter(outer))
        {
            if (!HeldMemory.Has(frames))
            {
                return Errno.NoEnt;
            }

            if (!TryDescribe(frames))
            {
                return Errno.NoMem;
            }
        }

        for (Mfn part = frames.First; part < frames.End; part = MachineToPhysical.NextPart(part))
        {
            if (!GiveEntries(outer, part).Try(out Errno error))
            {
                return error;
            }
        }

        using (Locked<HeapRank> held = State.Lock.Enter(outer))
        {
            if (!HeldMemory.TryTake(frames))
            {
                return Errno.NoEnt;
            }

            State.TotalFrames += frames.Frames;
        }

        FirmwareMemory.Settle(frames);
        Mark(owner, frames, 0);
        return Result.Success;
    }

    /// <summary>Marks each frame of a block that nobody knows of yet as the domain's.</summary>
    private static Result<Mfn> Give<TOuter>(scoped in Locked<TOuter> outer, DomainId owner, PageOrder order, Mfn block)
        where TOuter : IBefore<HeapRank>
    {
        if (!GiveEntries(outer, block).Try(out Errno error))
        {
            Free(outer, block, order);
            return error;
        }

        Mark(owner, new FrameRange(block, order.Frames), FrameTable.Of(block).Node);
        return block;
    }

    private static void Mark(DomainId owner, FrameRange frames, byte node)
    {
        unchecked
        {
            ref FrameInfo info = ref FrameTable.Of(frames.First);
            for (ulong left = frames.Frames; left != 0; left--)
            {
                info.State = FrameState.Domain;
                info.Owner = owner;
                info.Order = 0;
                info.Node = node;
                info.Type = 0;
                info.Progress = 0;
                Volatile.Write(ref info.Count, FrameCounts.Listed | 1);
                info = ref Unsafe.Add(ref info, 1);
            }
        }
    }

    /// <summary>Makes the part of the machine-to-physical table exist that a frame or block lies in: blocks are aligned and no larger than a part. ENOMEM.</summary>
    private static Result GiveEntries<TOuter>(scoped in Locked<TOuter> outer, Mfn block)
        where TOuter : IBefore<HeapRank>
    {
        if (MachineToPhysical.Covers(block))
        {
            return Result.Success;
        }

        if (!Allocate(outer, PageOrder.Large).Try(out Mfn memory, out Errno error))
        {
            return error;
        }

        bool isUsed;
        using (Locked<HeapRank> held = State.Lock.Enter(outer))
        {
            isUsed = !MachineToPhysical.Covers(block) && MachineToPhysical.Populate(block, memory);
        }

        if (!isUsed)
        {
            Free(outer, memory, PageOrder.Large);
        }

        return MachineToPhysical.Covers(block) ? Result.Success : Errno.NoMem;
    }

    /// <summary>A frame for the hypervisor's own use that it needs because of a domain. Marked as that domain's, but never the domain's to name. ENOMEM.</summary>
    internal static Result<Mfn> AllocateOnBehalf(DomainId owner)
    {
        if (!AllocateForHost(PageOrder.Small).Try(out Mfn frame, out Errno error))
        {
            return error;
        }

        FrameTable.Of(frame).Owner = owner;
        return frame;
    }

    /// <summary>Takes back a frame that has lost its last reference. Whatever lock the caller holds ranks before the heap's.</summary>
    internal static void FreeOfDomain(ref FrameInfo info)
    {
        ref HeapState heap = ref State;
        Mfn frame = FrameTable.FrameOf(ref info);
        MachineToPhysical.Forget(frame);
        using Locked<HeapRank> held = heap.Lock.Enter(NoLocks.Held);
        Bug.Unless(info.State >= FrameState.Domain);
        if (info.State == FrameState.Lingering)
        {
            LingeringFrames.Remove(info.Owner);
        }

        info.State = FrameState.Unknown;
        info.Owner = DomainId.Invalid;
        Release(ref heap, frame, 0, info.Node, isDirty: true);
    }
}
