namespace Sharpen.Abi;

/// <summary><c>struct shared_info</c>: the page that a domain shares with the hypervisor. Source: <c>xen.h</c>.</summary>
public struct SharedInfo : IAbiData
{
    /// <summary><c>vcpu_info</c></summary>
    public VcpuInfo32 Vcpus;

    /// <summary><c>evtchn_pending</c></summary>
    public Words64 Pending;

    /// <summary><c>evtchn_mask</c></summary>
    public Words64 Mask;

    /// <summary><c>wc_version</c></summary>
    public uint WallClockVersion;

    /// <summary><c>wc_sec</c></summary>
    public uint WallClockSeconds;

    /// <summary><c>wc_nsec</c></summary>
    public uint WallClockNanoseconds;

    /// <summary><c>wc_sec_hi</c></summary>
    public uint WallClockSecondsHigh;

    /// <summary><c>arch</c></summary>
    public ArchSharedInfo Arch;
}
