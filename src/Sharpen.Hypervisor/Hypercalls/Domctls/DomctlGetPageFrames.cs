using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Tells of each frame in a list what it is used as: a page table of a level, pinned or not, anything else, or not one of the domain's.
/// <see cref="Errno.TooBig"/>: more than 1024 at once; <see cref="Errno.Fault"/>: the list cannot be read or written.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetPageFrameInfo)]
public readonly struct DomctlGetPageFrames : IDomctl<DomctlPageFrames>
{
    private const ulong Most = 1024;
    private const int TypeShift = 28;
    private const ulong PinnedBit = 1UL << 31;
    private const ulong Invalid = 0xfUL << TypeShift;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlPageFrames arguments)
    {
        if (arguments.Count > Most)
        {
            return Errno.TooBig;
        }

        if (!GuestHandle<GuestWord>.From(arguments.Frames, arguments.Count).Try(out GuestHandle<GuestWord> list, out Errno wrapped))
        {
            return wrapped;
        }

        for (ulong index = 0; index < list.Count; index++)
        {
            if (!GuestMemory.Read(list, index).Try(out GuestWord frame, out Errno unreadable))
            {
                return unreadable;
            }

            if (!GuestMemory.Write(list, new GuestWord(Describe(ref target, new Mfn(frame.Value))), index).Try(out Errno unwritable))
            {
                return unwritable;
            }
        }

        return 0;
    }

    private static ulong Describe(ref Domain target, Mfn frame)
    {
        if (!DomainFrames.Look(target.Id, frame, out FrameType type, out bool isPinned).Try(out _))
        {
            return Invalid;
        }

        ulong level = type is >= FrameType.L1Table and <= FrameType.L4Table ? (ulong)type : 0;
        return (level << TypeShift) | (isPinned ? PinnedBit : 0);
    }
}
