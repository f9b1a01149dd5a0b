namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_physinfo</c>: the host in numbers. Source: <c>sysctl.h</c>.</summary>
public struct SysctlHostInfo : IAbiData
{
    /// <summary><c>threads_per_core</c></summary>
    public uint ThreadsPerCore;

    /// <summary><c>cores_per_socket</c></summary>
    public uint CoresPerSocket;

    /// <summary><c>nr_cpus</c></summary>
    public uint Cpus;

    /// <summary><c>max_cpu_id</c></summary>
    public uint HighestCpu;

    /// <summary><c>nr_nodes</c></summary>
    public uint Nodes;

    /// <summary><c>max_node_id</c></summary>
    public uint HighestNode;

    /// <summary><c>cpu_khz</c></summary>
    public uint CpuKilohertz;

    /// <summary><c>capabilities</c></summary>
    public uint Capabilities;

    /// <summary><c>arch_capabilities</c></summary>
    public uint ArchCapabilities;

    /// <summary><c>total_pages</c></summary>
    public ulong TotalFrames;

    /// <summary><c>free_pages</c></summary>
    public ulong FreeFrames;

    /// <summary><c>scrub_pages</c></summary>
    public ulong DirtyFrames;

    /// <summary><c>outstanding_pages</c></summary>
    public ulong ClaimedFrames;

    /// <summary><c>max_mfn</c></summary>
    public ulong HighestFrame;

    /// <summary><c>hw_cap</c></summary>
    public HalfWords8 HardwareFeatures;
}
