namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_gdbsx_domstatus</c>: what a debugger waits for. Source: <c>domctl.h</c>.</summary>
public struct DomctlDebugStatus : IAbiData
{
    /// <summary><c>paused</c></summary>
    public byte IsPaused;

    /// <summary><c>vcpu_id</c>: all ones for none</summary>
    public uint Vcpu;

    /// <summary><c>vcpu_ev</c>: what has happened to it</summary>
    public uint Event;
}
