namespace Sharpen.Abi;

/// <summary><c>struct gnttab_get_version</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantGetVersion : IAbiData
{
    /// <summary><c>dom</c></summary>
    public ushort Domain;

    /// <summary><c>pad</c></summary>
    public ushort Padding;

    /// <summary><c>version</c>: out</summary>
    public uint Version;
}
