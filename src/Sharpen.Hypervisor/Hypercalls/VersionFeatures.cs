using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>One word of the map of <see cref="Feature"/>s that the caller may use. <see cref="Errno.Inval"/>: there is no such word.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.GetFeatures, WritesBack = true)]
public readonly struct VersionFeatures : IHypercall<FeatureInfo>
{
    private const uint Everyone = (1U << (int)Feature.PaePgdirAbove4gb) | (1U << (int)Feature.MmuPtUpdatePreserveAd) | (1U << (int)Feature.HighmemAssist)
        | (1U << (int)Feature.GnttabMapAvailBits) | (1U << (int)Feature.MemoryOpVnodeSupported) | (1U << (int)Feature.DirectMapped);

    public static Answer Execute(ref Vcpu caller, ref FeatureInfo arguments)
    {
        if (arguments.Index != 0)
        {
            return Errno.Inval;
        }

        arguments.Map = DomainList.Of(ref caller).IsPrivileged ? Everyone | (1U << (int)Feature.Dom0) : Everyone;
        return 0;
    }
}
