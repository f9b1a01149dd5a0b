namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_cputopoinfo</c>: where each CPU is. Source: <c>sysctl.h</c>.</summary>
public struct SysctlTopology : IAbiData
{
    /// <summary><c>num_cpus</c>: in: room, out: CPUs</summary>
    public uint Count;

    /// <summary><c>cputopo</c>: where to write them; 0 to be told how many</summary>
    public ulong Buffer;
}
