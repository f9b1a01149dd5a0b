namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_settimeoffset</c>: how far the time of day of a domain is from the host's. Source: <c>domctl.h</c>.</summary>
public struct DomctlTimeOffset : IAbiData
{
    /// <summary><c>time_offset_seconds</c></summary>
    public long Seconds;
}
