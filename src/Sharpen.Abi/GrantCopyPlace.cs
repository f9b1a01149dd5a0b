namespace Sharpen.Abi;

/// <summary><c>struct gnttab_copy_ptr</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantCopyPlace : IAbiData
{
    /// <summary><c>u</c>: a reference in the lower 32 bits, or a frame</summary>
    public ulong Place;

    /// <summary><c>domid</c></summary>
    public ushort Domain;

    /// <summary><c>offset</c></summary>
    public ushort Offset;
}
