using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Vendor, family, model and stepping of a CPU, and the highest number of one; all zero for a number that no CPU has.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.GetCpuVersion, WritesBack = true)]
public readonly struct PlatformGetCpuVersion : IHypercall<PlatformCpuVersion>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformCpuVersion arguments)
    {
        arguments = new PlatformCpuVersion { Cpu = arguments.Cpu, Highest = HostCpus.Highest };
        if (HostCpus.Exists(arguments.Cpu))
        {
            CpuVersion version = CpuVersion.OfHost;
            version.VendorName.CopyTo(Layout.BytesOf(ref arguments.Vendor));
            arguments.Family = version.Family;
            arguments.Model = version.Model;
            arguments.Stepping = version.Stepping;
        }

        return 0;
    }
}
