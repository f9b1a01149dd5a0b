using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Takes a CPU down, which cannot be done yet: <see cref="Errno.OpNotSupp"/>; <see cref="Errno.Inval"/>: no such CPU.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.TakeCpuDown)]
public readonly struct PlatformTakeCpuDown : IHypercall<PlatformCpu>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformCpu arguments)
    {
        return HostCpus.Exists(arguments.Cpu) ? Errno.OpNotSupp : Errno.Inval;
    }
}
