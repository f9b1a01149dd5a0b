namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_numainfo</c>: nodes and how far they are apart. Source: <c>sysctl.h</c>.</summary>
public struct SysctlNuma : IAbiData
{
    /// <summary><c>num_nodes</c>: in: room, out: nodes</summary>
    public uint Count;

    /// <summary><c>meminfo</c>: where to write it</summary>
    public ulong Memory;

    /// <summary><c>distance</c>: where to write them</summary>
    public ulong Distances;
}
