namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_cpu_levelling_caps</c>: how CPUID can be made to say less. Source: <c>sysctl.h</c>.</summary>
public struct SysctlLevelling : IAbiData
{
    /// <summary><c>caps</c></summary>
    public uint Capabilities;
}
