namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_sched_id</c>: which scheduler. Source: <c>sysctl.h</c>.</summary>
public struct SysctlSchedulerId : IAbiData
{
    /// <summary><c>sched_id</c></summary>
    public uint Scheduler;
}
