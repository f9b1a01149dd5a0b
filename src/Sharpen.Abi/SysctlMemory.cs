namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_availheap</c>: free memory. Source: <c>sysctl.h</c>.</summary>
public struct SysctlMemory : IAbiData
{
    /// <summary><c>min_bitwidth</c></summary>
    public uint LeastBits;

    /// <summary><c>max_bitwidth</c></summary>
    public uint MostBits;

    /// <summary><c>node</c>: -1 for all</summary>
    public int Node;

    /// <summary><c>avail_bytes</c></summary>
    public ulong Bytes;
}
