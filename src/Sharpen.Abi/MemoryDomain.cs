namespace Sharpen.Abi;

/// <summary><c>struct xen_memory_domain</c>. Source: <c>memory.h</c>.</summary>
public struct MemoryDomain : IAbiData
{
    /// <summary><c>domid</c></summary>
    public DomainId Domain;
}
