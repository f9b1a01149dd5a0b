namespace Sharpen.Abi;

/// <summary><c>struct xen_mem_access_op</c>. Source: <c>memory.h</c>.</summary>
public struct MemoryAccess : IAbiData
{
    /// <summary><c>op</c></summary>
    public byte Operation;

    /// <summary><c>access</c></summary>
    public byte Access;

    /// <summary><c>domid</c></summary>
    public DomainId Domain;

    /// <summary><c>nr</c></summary>
    public uint Count;

    /// <summary><c>pfn</c></summary>
    public ulong Page;

    /// <summary><c>pfn_list</c></summary>
    public ulong Pages;

    /// <summary><c>access_list</c></summary>
    public ulong Accesses;
}
