using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Tells the frames of another domain's grant table, or of the pages that say what of it is in use, for the caller to map; the table grows to what is
/// asked for. Without a list, how many there may be. <see cref="Errno.Inval"/>: more than that or none, a PV domain has no such thing, or the table is
/// not of the second version; <see cref="Errno.OpNotSupp"/>: no such kind of thing; <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>:
/// the caller's own, or not the caller's to map; <see cref="Errno.NoMem"/>; <see cref="Errno.Fault"/>.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.AcquireResource, WritesBack = true)]
public readonly struct MemoryAcquireResource : IHypercall<AcquireResource>
{
    private const ushort GrantTable = 1;
    private const ushort LastKind = 2;
    private const uint Entries = 0;
    private const uint Statuses = 1;

    public static Answer Execute(ref Vcpu caller, ref AcquireResource arguments)
    {
        if (arguments.Padding != 0 || arguments.Frame > uint.MaxValue - arguments.Frames)
        {
            return Errno.Inval;
        }

        ref Domain domain = ref MemoryTarget.FindOther(ref caller, arguments.Domain, out Errno error);
        if (Refs.IsNull(ref domain))
        {
            return error;
        }

        if (arguments.Type != GrantTable)
        {
            return arguments.Type > LastKind ? Errno.OpNotSupp : Errno.Inval;
        }

        using Locked<GrantRank> held = domain.Grants.Lock.Enter(NoLocks.Held);
        uint most = arguments.Id switch
        {
            Entries => (uint)domain.Grants.MostFrames,
            Statuses => (uint)domain.Grants.MostStatusFrames,
            _ => 0,
        };
        if (most == 0 || (arguments.List == 0) != (arguments.Frames == 0))
        {
            return Errno.Inval;
        }

        if (arguments.List == 0)
        {
            arguments.Frames = most;
            return 0;
        }

        return arguments.Frame + arguments.Frames > most ? Errno.Inval : Acquire(held, ref domain, in arguments);
    }

    private static Result Acquire(scoped in Locked<GrantRank> held, ref Domain domain, in AcquireResource arguments)
    {
        bool isStatus = arguments.Id == Statuses;
        int end = (int)(arguments.Frame + arguments.Frames);
        Result done = !isStatus ? domain.Grants.Grow(held, end) : domain.Grants.GrowStatuses(held, end);
        if (!done.Try(out _))
        {
            return done;
        }

        done = GuestHandle<GuestWord>.From(arguments.List, arguments.Frames).Try(out GuestHandle<GuestWord> list, out Errno wrapped) ? Result.Success : wrapped;
        for (uint index = 0; index < arguments.Frames && done.Try(out _); index++)
        {
            int at = (int)(arguments.Frame + index);
            done = GuestMemory.Write(list, new GuestWord((isStatus ? domain.Grants.StatusFrameAt(at) : domain.Grants.FrameAt(at)).Value), index);
        }

        return done;
    }
}
