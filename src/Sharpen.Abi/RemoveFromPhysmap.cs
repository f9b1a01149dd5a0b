namespace Sharpen.Abi;

/// <summary><c>struct xen_remove_from_physmap</c>. Source: <c>memory.h</c>.</summary>
public struct RemoveFromPhysmap : IAbiData
{
    /// <summary><c>domid</c></summary>
    public DomainId Domain;

    /// <summary><c>gpfn</c></summary>
    public ulong Gpfn;
}
