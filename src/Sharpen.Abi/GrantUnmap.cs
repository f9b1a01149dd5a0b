namespace Sharpen.Abi;

/// <summary><c>struct gnttab_unmap_grant_ref</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantUnmap : IAbiData
{
    /// <summary><c>host_addr</c></summary>
    public ulong Address;

    /// <summary><c>dev_bus_addr</c></summary>
    public ulong DeviceAddress;

    /// <summary><c>handle</c></summary>
    public uint Handle;

    /// <summary><c>status</c>: out</summary>
    public GrantStatus Status;
}
