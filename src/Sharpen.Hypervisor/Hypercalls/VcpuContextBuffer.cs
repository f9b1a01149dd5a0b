using Sharpen.Abi;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>A vCPU's context on its way in or out: the structure is larger than a page, too large for the stack. Each CPU has a place for one.</summary>
public struct VcpuContextBuffer
{
    /// <summary>The structure. What is in it is good until this CPU leaves the hypervisor.</summary>
    internal VcpuGuestContext Context;

    /// <summary>This CPU's place.</summary>
    internal static ref VcpuContextBuffer Own => ref PerCpu.Local<VcpuContextBuffer>();

    /// <summary>Makes room on every CPU. Once, at boot.</summary>
    public static void Reserve() => PerCpu.Reserve<VcpuContextBuffer>();
}
