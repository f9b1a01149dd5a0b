using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Tells how many pages the grant table of a domain has and may have. <see cref="GrantStatus.BadDomain"/>; <see cref="GrantStatus.PermissionDenied"/>:
/// another's, by a caller that is not privileged. <see cref="Errno.Inval"/>: a count other than one; <see cref="Errno.Fault"/>.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.QuerySize)]
public readonly struct GrantSize : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<GrantQuerySize>.ReadOne(in call, out GrantBatch<GrantQuerySize> batch).Try(out GrantQuerySize arguments, out Errno unreadable))
        {
            return unreadable;
        }

        ref Domain domain = ref GrantPeer.Find(ref caller, arguments.Domain, out arguments.Status);
        if (!Refs.IsNull(ref domain))
        {
            using Locked<GrantRank> held = domain.Grants.Lock.Enter(NoLocks.Held);
            arguments.FrameCount = (uint)domain.Grants.Frames;
            arguments.MostFrames = (uint)domain.Grants.MostFrames;
        }

        return batch.Write(0, arguments);
    }
}
