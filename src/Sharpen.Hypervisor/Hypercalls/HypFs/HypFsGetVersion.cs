using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.HypFs;

/// <summary>Answers the version of the interface to the hypervisor's file system. <see cref="Errno.Inval"/>: an argument that is not zero; <see cref="Errno.Perm"/>: not for this caller.</summary>
[Hypercall(Hypercall.HypFsOp, HypFsCommand.GetVersion, Privileged = true)]
public readonly struct HypFsGetVersion : IHypercall
{
    private const long Version = 1;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) =>
        (call.Second | call.Third | call.Fourth | call.Fifth) != 0 ? Errno.Inval : Version;
}
