using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Makes the grant table of a domain at least so long and tells the frames of its pages, for the domain to map. <see cref="GrantStatus.BadDomain"/>;
/// <see cref="GrantStatus.PermissionDenied"/>: another's, by a caller that is not privileged; <see cref="GrantStatus.GeneralError"/>: more than the
/// table may have, or no memory; <see cref="GrantStatus.BadAddress"/>: the list cannot be written. <see cref="Errno.Inval"/>: a count other than one;
/// <see cref="Errno.Fault"/>: the structure cannot be reached, or the list lies where no guest may have one.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.SetupTable)]
public readonly struct GrantSetup : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<GrantSetupTable>.ReadOne(in call, out GrantBatch<GrantSetupTable> batch).Try(out GrantSetupTable arguments, out Errno unreadable))
        {
            return unreadable;
        }

        GuestLinear last = new(unchecked(arguments.FrameList + ((ulong)arguments.FrameCount * sizeof(ulong))));
        if (!GuestHandle<GuestWord>.From(arguments.FrameList, arguments.FrameCount).Try(out GuestHandle<GuestWord> list, out _)
            || !list.Start.IsGuest || !last.IsGuest)
        {
            return Errno.Fault;
        }

        ref Domain domain = ref GrantPeer.Find(ref caller, arguments.Domain, out arguments.Status);
        if (!Refs.IsNull(ref domain))
        {
            using Locked<GrantRank> held = domain.Grants.Lock.Enter(NoLocks.Held);
            bool isLarge = arguments.FrameCount > (uint)domain.Grants.MostFrames;
            bool isThere = !isLarge && domain.Grants.Grow(held, (int)arguments.FrameCount).Try(out _);
            arguments.Status = isThere ? List(in domain.Grants, list) : GrantStatus.GeneralError;
        }

        return batch.Write(0, arguments);
    }

    private static GrantStatus List(in GrantTable table, GuestHandle<GuestWord> list)
    {
        Result written = Result.Success;
        for (int index = 0; index < (int)list.Count && written.Try(out _); index++)
        {
            written = GuestMemory.Write(list, new GuestWord(table.FrameAt(index).Value), (ulong)index);
        }

        return written.Try(out _) ? GrantStatus.Okay : GrantStatus.BadAddress;
    }
}
