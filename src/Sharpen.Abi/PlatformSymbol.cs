namespace Sharpen.Abi;

/// <summary><c>struct xenpf_symdata</c>: a name in the hypervisor. Source: <c>platform.h</c>.</summary>
public struct PlatformSymbol : IAbiData
{
    /// <summary><c>namelen</c></summary>
    public uint NameBytes;

    /// <summary><c>symnum</c></summary>
    public uint Number;

    /// <summary><c>name</c>: where to write it</summary>
    public ulong Name;

    /// <summary><c>address</c></summary>
    public ulong Address;

    /// <summary><c>type</c></summary>
    public byte Type;
}
