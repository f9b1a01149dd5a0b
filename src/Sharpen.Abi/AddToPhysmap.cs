namespace Sharpen.Abi;

/// <summary><c>struct xen_add_to_physmap</c>. Source: <c>memory.h</c>.</summary>
public struct AddToPhysmap : IAbiData
{
    /// <summary><c>domid</c></summary>
    public DomainId Domain;

    /// <summary><c>size</c></summary>
    public ushort Size;

    /// <summary><c>space</c></summary>
    public uint Space;

    /// <summary><c>idx</c></summary>
    public ulong Index;

    /// <summary><c>gpfn</c></summary>
    public ulong Gpfn;
}
