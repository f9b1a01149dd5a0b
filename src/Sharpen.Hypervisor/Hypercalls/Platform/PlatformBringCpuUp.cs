using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Brings a CPU up; all that there are, are. <see cref="Errno.Inval"/>: no such CPU.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.BringCpuUp)]
public readonly struct PlatformBringCpuUp : IHypercall<PlatformCpu>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformCpu arguments)
    {
        return HostCpus.Exists(arguments.Cpu) ? 0 : Errno.Inval;
    }
}
