namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_tsc_info</c>: how a domain sees the time stamp counter. Source: <c>domctl.h</c>.</summary>
public struct DomctlTsc : IAbiData
{
    /// <summary><c>tsc_mode</c></summary>
    public uint Mode;

    /// <summary><c>gtsc_khz</c></summary>
    public uint Kilohertz;

    /// <summary><c>incarnation</c></summary>
    public uint Incarnation;

    /// <summary><c>elapsed_nsec</c>: nanoseconds</summary>
    public ulong Elapsed;
}
