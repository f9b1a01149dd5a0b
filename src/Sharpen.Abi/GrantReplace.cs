namespace Sharpen.Abi;

/// <summary><c>struct gnttab_unmap_and_replace</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantReplace : IAbiData
{
    /// <summary><c>host_addr</c></summary>
    public ulong Address;

    /// <summary><c>new_addr</c></summary>
    public ulong NewAddress;

    /// <summary><c>handle</c></summary>
    public uint Handle;

    /// <summary><c>status</c>: out</summary>
    public GrantStatus Status;
}
