namespace Sharpen.Abi;

/// <summary><c>struct gnttab_dump_table</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantDumpTable : IAbiData
{
    /// <summary><c>dom</c></summary>
    public ushort Domain;

    /// <summary><c>status</c>: out</summary>
    public GrantStatus Status;
}
