namespace Sharpen.Abi;

/// <summary><c>struct xen_machphys_mfn_list</c>. Source: <c>memory.h</c>.</summary>
public struct MachinePhysicalList : IAbiData
{
    /// <summary><c>max_extents</c></summary>
    public uint MaxExtents;

    /// <summary><c>extent_start</c>: where the frames are written</summary>
    public ulong ExtentStart;

    /// <summary><c>nr_extents</c>: out</summary>
    public uint Extents;
}
