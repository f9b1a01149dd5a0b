using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>The ids of a CPU, whether it is online, and the highest number of one. A number that no CPU has is answered with a flag that says so.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.GetCpuInfo, WritesBack = true)]
public readonly struct PlatformGetCpuInfo : IHypercall<PlatformCpuInfo>
{
    private const uint IsOnline = 1;
    private const uint IsNone = 2;

    public static Answer Execute(ref Vcpu caller, ref PlatformCpuInfo arguments)
    {
        arguments.Highest = HostCpus.Highest;
        if (!HostCpus.Exists(arguments.Cpu))
        {
            arguments.Flags = IsNone;
            arguments.ApicId = 0;
            arguments.AcpiId = 0;
            return 0;
        }

        HostCpu cpu = HostCpus.Of(arguments.Cpu);
        arguments.Flags = HostCpus.IsActive(arguments.Cpu) ? IsOnline : 0;
        arguments.ApicId = cpu.ApicId;
        arguments.AcpiId = cpu.AcpiId;
        return 0;
    }
}
