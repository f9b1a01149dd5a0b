using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Tells the frames of a grant table's states, which version 1 of the interface has none of. <see cref="GrantStatus.BadDomain"/>; <see cref="GrantStatus.PermissionDenied"/>:
/// another's, by a caller that is not privileged; <see cref="GrantStatus.GeneralError"/>: more than none. <see cref="Errno.Inval"/>: a count other than one; <see cref="Errno.Fault"/>.
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
        if (!Refs.IsNull(ref domain) && arguments.FrameCount != 0)
        {
            arguments.Status = GrantStatus.GeneralError;
        }

        return batch.Write(0, arguments);
    }
}
