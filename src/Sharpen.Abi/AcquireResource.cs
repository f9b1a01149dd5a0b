namespace Sharpen.Abi;

/// <summary><c>struct xen_mem_acquire_resource</c>. Source: <c>memory.h</c>.</summary>
public struct AcquireResource : IAbiData
{
    /// <summary><c>domid</c>: whose</summary>
    public DomainId Domain;

    /// <summary><c>type</c></summary>
    public ushort Type;

    /// <summary><c>id</c></summary>
    public uint Id;

    /// <summary><c>nr_frames</c>: how many</summary>
    public uint Frames;

    /// <summary><c>pad</c>: zero</summary>
    public uint Padding;

    /// <summary><c>frame</c>: the first</summary>
    public ulong Frame;

    /// <summary><c>frame_list</c></summary>
    public ulong List;
}
