namespace Sharpen.Abi;

/// <summary><c>struct xen_memory_reservation</c>. Source: <c>memory.h</c>.</summary>
public struct MemoryReservation : IAbiData
{
    /// <summary><c>extent_start</c>: a list of frame or page numbers</summary>
    public ulong ExtentStart;

    /// <summary><c>nr_extents</c>: how many</summary>
    public ulong Extents;

    /// <summary><c>extent_order</c>: the size of each: a power of two of pages</summary>
    public uint ExtentOrder;

    /// <summary><c>mem_flags</c>: limit in address bits, node and wishes</summary>
    public uint Flags;

    /// <summary><c>domid</c></summary>
    public DomainId Domain;
}
