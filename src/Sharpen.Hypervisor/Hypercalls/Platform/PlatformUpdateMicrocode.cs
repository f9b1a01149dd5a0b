using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>An update for the CPUs, which this hypervisor does not load: <see cref="Errno.Inval"/>, as for one that is not for them.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.UpdateMicrocode)]
public readonly struct PlatformUpdateMicrocode : IHypercall<PlatformMicrocode>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformMicrocode arguments)
    {
        return Errno.Inval;
    }
}
