namespace Sharpen.Abi;

/// <summary><c>struct gnttab_map_grant_ref</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantMap : IAbiData
{
    /// <summary><c>host_addr</c>: where to map</summary>
    public ulong Address;

    /// <summary><c>flags</c></summary>
    public GrantMapFlags Flags;

    /// <summary><c>ref</c></summary>
    public uint Reference;

    /// <summary><c>dom</c>: whose grant</summary>
    public ushort Domain;

    /// <summary><c>status</c>: out</summary>
    public GrantStatus Status;

    /// <summary><c>handle</c>: out</summary>
    public uint Handle;

    /// <summary><c>dev_bus_addr</c>: out</summary>
    public ulong DeviceAddress;
}
