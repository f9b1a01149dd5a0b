namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_cpu_featureset</c>: features as words. Source: <c>sysctl.h</c>.</summary>
public struct SysctlFeatureset : IAbiData
{
    /// <summary><c>index</c></summary>
    public uint Set;

    /// <summary><c>nr_features</c>: in: room, out: words</summary>
    public uint Count;

    /// <summary><c>features</c>: where to write them; 0 to be told how many</summary>
    public ulong Buffer;
}
