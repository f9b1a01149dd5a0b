using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Answers the version of Xen whose interface this is: major in the upper 16 bits, minor in the lower.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.Version)]
public readonly struct VersionNumber : IHypercall
{
    /// <summary>The major version.</summary>
    public const int Major = 4;

    /// <summary>The minor version.</summary>
    public const int Minor = 17;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => (Major << 16) | Minor;
}
