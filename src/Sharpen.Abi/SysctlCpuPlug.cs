namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_cpu_hotplug</c>: a CPU that is to come or go. Source: <c>sysctl.h</c>.</summary>
public struct SysctlCpuPlug : IAbiData
{
    /// <summary><c>cpu</c></summary>
    public uint Cpu;

    /// <summary><c>op</c></summary>
    public uint Operation;
}
