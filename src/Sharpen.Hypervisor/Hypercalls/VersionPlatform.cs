using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Where the hypervisor's part of the address space begins. <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.PlatformParameters, WritesBack = true)]
public readonly struct VersionPlatform : IHypercall<PlatformParameters>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformParameters arguments)
    {
        arguments.VirtualStart = GuestLinear.HypervisorStart;
        return 0;
    }
}
