namespace Sharpen.Abi;

/// <summary><c>struct xenpf_resource_op</c>: a list of registers to read or write. Source: <c>platform.h</c>.</summary>
public struct PlatformResources : IAbiData
{
    /// <summary><c>nr_entries</c></summary>
    public uint Count;

    /// <summary><c>cpu</c></summary>
    public uint Cpu;

    /// <summary><c>entries</c>: where the list is</summary>
    public ulong Entries;
}
