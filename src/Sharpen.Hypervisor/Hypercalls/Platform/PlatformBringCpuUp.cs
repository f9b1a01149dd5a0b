using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Brings a CPU up that was taken down. <see cref="Errno.Inval"/>: no such CPU; <see cref="Errno.Busy"/>: another goes or comes.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.BringCpuUp)]
public readonly struct PlatformBringCpuUp : IHypercall<PlatformCpu>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformCpu arguments)
    {
        return HostCpus.Exists(arguments.Cpu) ? CpuPlugging.Change(arguments.Cpu, isUp: true, Errno.None) : Errno.Inval;
    }
}
