namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_cputopo</c>: where a CPU is. Source: <c>sysctl.h</c>.</summary>
public struct SysctlCpuPlace : IAbiData
{
    /// <summary><c>core</c></summary>
    public uint Core;

    /// <summary><c>socket</c></summary>
    public uint Socket;

    /// <summary><c>node</c></summary>
    public uint Node;
}
