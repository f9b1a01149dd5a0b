using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_scheduler_op</c>: how a domain is scheduled. Source: <c>domctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
public struct DomctlScheduler : IAbiData
{
    /// <summary><c>sched_id</c></summary>
    [FieldOffset(0)]
    public uint Scheduler;

    /// <summary><c>cmd</c></summary>
    [FieldOffset(4)]
    public uint Command;

    /// <summary><c>u.credit2.weight</c></summary>
    [FieldOffset(8)]
    public ushort Weight;

    /// <summary><c>u.credit2.cap</c></summary>
    [FieldOffset(10)]
    public ushort Cap;
}
