using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The build id that the linker gave the image. <see cref="Errno.Perm"/>: the caller is not privileged; <see cref="Errno.NoData"/>: the image has none.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.BuildId, Privileged = true)]
public readonly struct VersionBuildId : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        return Errno.NoData;
    }
}
