namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_cpuinfo</c>: how long a CPU was idle. Source: <c>sysctl.h</c>.</summary>
public struct SysctlCpu : IAbiData
{
    /// <summary><c>idletime</c>: nanoseconds</summary>
    public ulong IdleTime;
}
