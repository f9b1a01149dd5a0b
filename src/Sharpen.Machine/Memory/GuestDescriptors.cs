using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>
/// Frames of segment descriptors that guests fill and CPUs load. A frame becomes one when each of its 512 descriptors has been checked; from
/// then on its guest cannot write it, and changes single descriptors through <see cref="Write"/>, until the last user lets go.
/// </summary>
public static unsafe class GuestDescriptors
{
    /// <summary>Descriptors of one frame.</summary>
    public const int PerFrame = PageSize.Bytes / 8;

    private const ulong DescriptorBytes = 8;

    /// <summary>Takes both references on a frame as descriptors, checking them if nobody has.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="frames">The domain's frames.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="frame">Any number.</param>
    /// <returns>EINVAL: not the domain's, or a descriptor that no guest may have; EBUSY: relied on as something else; EAGAIN.</returns>
    internal static Result Hold(scoped in Locked<DomainRank> held, ref DomainFrames frames, DomainId owner, Mfn frame)
    {
        _ = held;
        ref FrameInfo info = ref FrameTable.Find(frame);
        if (!FrameCounts.TryHold(ref info, owner))
        {
            return Errno.Inval;
        }

        int budget = PerFrame;
        Result typed = GuestTables.HoldLeaf(ref info, FrameType.SegmentDescriptors, ref frames, ref budget);
        if (typed.Try(out _) && FrameCounts.TypeReferences(in info) == 1 && !Check(frame).Try(out Errno refused))
        {
            FrameCounts.DropType(ref info, FrameType.SegmentDescriptors);
            typed = refused;
        }

        if (!typed.Try(out _))
        {
            FrameCounts.Drop(ref info);
        }

        return typed;
    }

    /// <summary>Gives up what <see cref="Hold"/> took. No CPU has the frame in a descriptor table.</summary>
    internal static void Release(Mfn frame) => FrameRef<SegmentDescriptors>.Release(frame);

    /// <summary>Changes one descriptor, in a frame of descriptors or in one that the guest may write anyway.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="frames">The domain's frames.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="place">The machine address of the descriptor: any number.</param>
    /// <param name="descriptor">As the processor encodes it.</param>
    /// <returns>EINVAL: no place of the domain's, or a descriptor that no guest may have; EBUSY: the frame is a page table; EAGAIN.</returns>
    public static Result Write(scoped in Locked<DomainRank> held, ref DomainFrames frames, DomainId owner, ulong place, ulong descriptor)
    {
        _ = held;
        Mfn frame = new(place >> PageSize.Shift);
        ref FrameInfo info = ref FrameTable.Find(frame);
        if (place % DescriptorBytes != 0 || !new DescriptorClaim(descriptor).Check().Try(out ulong admitted, out _) || !FrameCounts.TryHold(ref info, owner))
        {
            return Errno.Inval;
        }

        int budget = PerFrame;
        bool isTable = FrameCounts.TypeOf(in info) == FrameType.SegmentDescriptors && FrameCounts.TypeReferences(in info) != 0;
        FrameType type = isTable ? FrameType.SegmentDescriptors : FrameType.Writable;
        Result typed = GuestTables.HoldLeaf(ref info, type, ref frames, ref budget);
        if (typed.Try(out _))
        {
            GuestTables.PutWord(frame, (int)((place & PageSize.OffsetMask) / DescriptorBytes), admitted);
            FrameCounts.DropType(ref info, type);
        }

        FrameCounts.Drop(ref info);
        return typed;
    }

    /// <summary>One descriptor of a frame that is held.</summary>
    internal static ulong Read(Mfn frame, int index)
    {
        Bug.Unless(index is >= 0 and < PerFrame);
        byte* start = GuestTables.View(frame);
        ulong descriptor = Volatile.Read(ref ((ulong*)start)[index]);
        GuestTables.EndView(frame, start);
        return descriptor;
    }

    /// <summary>Goes through a frame that nobody can write any more, and puts what is admitted in place.</summary>
    private static Result Check(Mfn frame)
    {
        byte* start = GuestTables.View(frame);
        ulong* descriptors = (ulong*)start;
        Result result = Result.Success;
        for (int index = 0; index < PerFrame && result.Try(out _); index++)
        {
            ulong old = descriptors[index];
            if (!new DescriptorClaim(old).Check().Try(out ulong admitted, out Errno refused))
            {
                result = refused;
            }
            else if (admitted != old)
            {
                Volatile.Write(ref descriptors[index], admitted);
            }
        }

        GuestTables.EndView(frame, start);
        return result;
    }
}
