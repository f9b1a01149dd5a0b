using Sharpen.Abi;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Grants;

/// <summary>What a grant gives to copy: a page, a part of one, or a grant that another domain gave to the one that grants.</summary>
public struct GrantPart
{
    /// <summary>The frame, as the domain says: not known to be its own.</summary>
    public Mfn Frame;

    /// <summary>Whose grant it stands for, or an invalid id.</summary>
    public DomainId Domain;

    /// <summary>Which: any number.</summary>
    public uint Reference;

    /// <summary>Where the part begins: any number.</summary>
    public ushort Offset;

    /// <summary>How long it is, in bytes: any number.</summary>
    public ushort Length;

    /// <summary>A page of nobody's.</summary>
    internal static GrantPart Whole => new() { Frame = Mfn.Invalid, Domain = DomainId.Invalid, Length = PageSize.Bytes };

    /// <summary>True when so many bytes from an offset are in it, and in a page.</summary>
    public readonly bool Covers(ushort offset, ushort length) =>
        offset >= Offset && length <= Length && offset - Offset <= Length - length && offset <= PageSize.Bytes && length <= PageSize.Bytes - offset;
}
