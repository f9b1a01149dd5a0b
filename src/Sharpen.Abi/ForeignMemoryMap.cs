namespace Sharpen.Abi;

/// <summary><c>struct xen_foreign_memory_map</c>. Source: <c>memory.h</c>.</summary>
public struct ForeignMemoryMap : IAbiData
{
    /// <summary><c>domid</c></summary>
    public DomainId Domain;

    /// <summary><c>map</c></summary>
    public MemoryMapBuffer Map;
}
