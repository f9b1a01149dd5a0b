using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Tells the frames of the pages in which a domain reads which of its grants are in use, for it to map. <see cref="GrantStatus.BadDomain"/>;
/// <see cref="GrantStatus.PermissionDenied"/>: another's, by a caller that is not privileged; <see cref="GrantStatus.GeneralError"/>: more than there are:
/// none in version 1; <see cref="GrantStatus.BadAddress"/>: the list cannot be written. <see cref="Errno.Inval"/>: a count other than one;
/// <see cref="Errno.Fault"/>.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.GetStatusFrames)]
public readonly struct GrantStatusFrames : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<GrantGetStatusFrames>.ReadOne(in call, out GrantBatch<GrantGetStatusFrames> batch).Try(out GrantGetStatusFrames arguments, out Errno unreadable))
        {
            return unreadable;
        }

        ref Domain domain = ref GrantPeer.Find(ref caller, arguments.Domain, out arguments.Status);
        if (!Refs.IsNull(ref domain))
        {
            using Locked<GrantRank> held = domain.Grants.Lock.Enter(NoLocks.Held);
            arguments.Status = arguments.FrameCount > (uint)domain.Grants.StatusFrames ? GrantStatus.GeneralError : List(ref domain, in arguments);
        }

        return batch.Write(0, arguments);
    }

    private static GrantStatus List(ref Domain domain, in GrantGetStatusFrames arguments)
    {
        Result written = GuestHandle<GuestWord>.From(arguments.FrameList, arguments.FrameCount).Try(out GuestHandle<GuestWord> list, out Errno wrapped)
            ? Result.Success : wrapped;
        for (int index = 0; index < (int)arguments.FrameCount && written.Try(out _); index++)
        {
            written = GuestMemory.Write(list, new GuestWord(domain.Grants.StatusFrameAt(index).Value), (ulong)index);
        }

        return written.Try(out _) ? GrantStatus.Okay : GrantStatus.BadAddress;
    }
}
