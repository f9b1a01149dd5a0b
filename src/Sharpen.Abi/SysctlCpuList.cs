namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_getcpuinfo</c>: how long each CPU was idle. Source: <c>sysctl.h</c>.</summary>
public struct SysctlCpuList : IAbiData
{
    /// <summary><c>max_cpus</c></summary>
    public uint Most;

    /// <summary><c>info</c>: where to write them</summary>
    public ulong Buffer;

    /// <summary><c>nr_cpus</c></summary>
    public uint Count;
}
