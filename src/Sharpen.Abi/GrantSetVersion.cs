namespace Sharpen.Abi;

/// <summary><c>struct gnttab_set_version</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantSetVersion : IAbiData
{
    /// <summary><c>version</c>: in and out</summary>
    public uint Version;
}
