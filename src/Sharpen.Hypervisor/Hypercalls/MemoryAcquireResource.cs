using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Tells the frames of a domain's grant table, which grows for it, for the caller to map; without a list, how many there may be. <see cref="Errno.Inval"/>:
/// a PV domain has no such thing, more than the table may have, a list without frames or frames without a list, or a field is not zero;
/// <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: the caller's own, or not the caller's to map; <see cref="Errno.NoMem"/>;
/// <see cref="Errno.Fault"/>: the list cannot be written.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.AcquireResource, WritesBack = true)]
public readonly struct MemoryAcquireResource : IHypercall<AcquireResource>
{
    private const ushort GrantTable = 1;

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

        // A table of version 1 has no pages of status.
        if (arguments.Type != GrantTable || arguments.Id != 0 || (arguments.List == 0 && arguments.Frames != 0))
        {
            return Errno.Inval;
        }

        using Locked<GrantRank> held = domain.Grants.Lock.Enter(NoLocks.Held);
        if (arguments.List == 0)
        {
            arguments.Frames = (uint)domain.Grants.MostFrames;
            return domain.Grants.Exists ? 0 : Errno.Inval;
        }

        return List(in held, ref domain, in arguments);
    }

    private static Result List(scoped in Locked<GrantRank> held, ref Domain domain, in AcquireResource arguments)
    {
        ulong end = arguments.Frame + arguments.Frames;
        if (!domain.Grants.Exists || end > (uint)domain.Grants.MostFrames)
        {
            return Errno.Inval;
        }

        if (!GuestHandle<GuestWord>.From(arguments.List, arguments.Frames).Try(out GuestHandle<GuestWord> list, out Errno wrapped))
        {
            return wrapped;
        }

        Result done = domain.Grants.Grow(held, (int)end);
        for (ulong index = 0; index < list.Count && done.Try(out _); index++)
        {
            done = GuestMemory.Write(list, new GuestWord(domain.Grants.FrameAt((int)(arguments.Frame + index)).Value), index);
        }

        return done;
    }
}
