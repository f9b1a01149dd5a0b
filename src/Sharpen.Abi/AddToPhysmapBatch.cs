namespace Sharpen.Abi;

/// <summary><c>struct xen_add_to_physmap_batch</c>. Source: <c>memory.h</c>.</summary>
public struct AddToPhysmapBatch : IAbiData
{
    /// <summary><c>domid</c></summary>
    public DomainId Domain;

    /// <summary><c>space</c></summary>
    public ushort Space;

    /// <summary><c>size</c></summary>
    public ushort Size;

    /// <summary><c>u.foreign_domid</c></summary>
    public DomainId ForeignDomain;

    /// <summary><c>idxs</c></summary>
    public ulong Indices;

    /// <summary><c>gpfns</c></summary>
    public ulong Gpfns;

    /// <summary><c>errs</c></summary>
    public ulong Errors;
}
