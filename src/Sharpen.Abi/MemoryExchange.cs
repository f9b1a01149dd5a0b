namespace Sharpen.Abi;

/// <summary><c>struct xen_memory_exchange</c>. Source: <c>memory.h</c>.</summary>
public struct MemoryExchange : IAbiData
{
    /// <summary><c>in</c>: what is given</summary>
    public MemoryReservation In;

    /// <summary><c>out</c>: what is wanted</summary>
    public MemoryReservation Out;

    /// <summary><c>nr_exchanged</c>: how many of the former are done</summary>
    public ulong Exchanged;
}
