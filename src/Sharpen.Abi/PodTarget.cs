namespace Sharpen.Abi;

/// <summary><c>struct xen_pod_target</c>. Source: <c>memory.h</c>.</summary>
public struct PodTarget : IAbiData
{
    /// <summary><c>target_pages</c></summary>
    public ulong TargetPages;

    /// <summary><c>tot_pages</c>: out</summary>
    public ulong TotalPages;

    /// <summary><c>pod_cache_pages</c>: out</summary>
    public ulong CachePages;

    /// <summary><c>pod_entries</c>: out</summary>
    public ulong Entries;

    /// <summary><c>domid</c></summary>
    public DomainId Domain;
}
