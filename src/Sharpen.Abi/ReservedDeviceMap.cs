namespace Sharpen.Abi;

/// <summary><c>struct xen_reserved_device_memory_map</c>. Source: <c>memory.h</c>.</summary>
public struct ReservedDeviceMap : IAbiData
{
    /// <summary><c>flags</c>: 1: of all devices</summary>
    public uint Flags;

    /// <summary><c>nr_entries</c>: room, then how many there are</summary>
    public uint Entries;

    /// <summary><c>buffer</c></summary>
    public ulong Buffer;

    /// <summary><c>dev</c></summary>
    public uint Device;
}
