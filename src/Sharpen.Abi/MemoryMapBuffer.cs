namespace Sharpen.Abi;

/// <summary><c>struct xen_memory_map</c>. Source: <c>memory.h</c>.</summary>
public struct MemoryMapBuffer : IAbiData
{
    /// <summary><c>nr_entries</c>: room, then how many there are</summary>
    public uint Entries;

    /// <summary><c>buffer</c>: where, as INT 15h E820 has them</summary>
    public ulong Buffer;
}
