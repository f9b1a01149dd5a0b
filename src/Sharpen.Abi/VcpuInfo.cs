namespace Sharpen.Abi;

/// <summary><c>struct vcpu_info</c>: what a vCPU shares with the hypervisor. Source: <c>xen.h</c>.</summary>
public struct VcpuInfo : IAbiData
{
    /// <summary><c>evtchn_upcall_pending</c></summary>
    public byte UpcallPending;

    /// <summary><c>evtchn_upcall_mask</c></summary>
    public byte UpcallMask;

    /// <summary><c>evtchn_pending_sel</c>: one bit per word of pending events</summary>
    public ulong PendingSelector;

    /// <summary><c>arch</c></summary>
    public ArchVcpuInfo Arch;

    /// <summary><c>time</c></summary>
    public VcpuTimeInfo Time;
}
