using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>How much memory is free: all of it, on the only node, below an address width that holds it all; else none.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.AvailableMemory, WritesBack = true)]
public readonly struct SysctlGetMemory : IHypercall<SysctlMemory>
{
    private const uint AnyWidth = 32;

    public static Answer Execute(ref Vcpu caller, ref SysctlMemory arguments)
    {
        bool isAll = arguments.Node is -1 or 0 && arguments.LeastBits == 0 && (arguments.MostBits == 0 || arguments.MostBits >= AnyWidth);
        arguments.Bytes = isAll ? FrameAllocator.Statistics.FreeFrames * PageSize.Bytes : 0;
        return 0;
    }
}
