using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Takes a CPU down: it runs no guest and is parked. What only it might run goes where it can. <see cref="Errno.OpNotSupp"/>: the first; <see cref="Errno.Inval"/>: no such CPU; <see cref="Errno.Busy"/>: another goes or comes.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.TakeCpuDown)]
public readonly struct PlatformTakeCpuDown : IHypercall<PlatformCpu>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformCpu arguments)
    {
        return arguments.Cpu == 0 ? Errno.OpNotSupp
            : HostCpus.Exists(arguments.Cpu) ? CpuPlugging.Change(arguments.Cpu, isUp: false, Errno.None) : Errno.Inval;
    }
}
