namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_max_mem</c>: how much memory a domain may have. Source: <c>domctl.h</c>.</summary>
public struct DomctlMaximumMemory : IAbiData
{
    /// <summary><c>max_memkb</c></summary>
    public ulong Kibibytes;
}
