using System;

namespace Sharpen.Abi;

/// <summary>How a grant is mapped. Source: <c>grant_table.h</c>.</summary>
[Flags]
public enum GrantMapFlags : uint
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary><c>GNTMAP_device_map</c>: for devices</summary>
    Device = 1,

    /// <summary><c>GNTMAP_host_map</c>: for CPUs</summary>
    Host = 2,

    /// <summary><c>GNTMAP_readonly</c></summary>
    ReadOnly = 4,

    /// <summary><c>GNTMAP_application_map</c>: for user code too</summary>
    Application = 8,

    /// <summary><c>GNTMAP_contains_pte</c>: the address is that of the entry, not what it maps</summary>
    ContainsEntry = 16,

    /// <summary><c>GNTMAP_guest_avail_mask</c>: bits of the entry that the processor leaves to software</summary>
    GuestBits = 0xffff0000,
}
