using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_scheduler_op</c>: parameters of a scheduler. Source: <c>sysctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
public struct SysctlSchedulerParameters : IAbiData
{
    /// <summary><c>cpupool_id</c></summary>
    [FieldOffset(0)]
    public uint Pool;

    /// <summary><c>sched_id</c></summary>
    [FieldOffset(4)]
    public uint Scheduler;

    /// <summary><c>cmd</c></summary>
    [FieldOffset(8)]
    public uint Command;

    /// <summary><c>u.sched_credit2.ratelimit_us</c>: microseconds</summary>
    [FieldOffset(16)]
    public uint RateLimit;
}
