namespace Sharpen.Abi;

/// <summary><c>struct gnttab_setup_table</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantSetupTable : IAbiData
{
    /// <summary><c>dom</c></summary>
    public ushort Domain;

    /// <summary><c>nr_frames</c></summary>
    public uint FrameCount;

    /// <summary><c>status</c>: out</summary>
    public GrantStatus Status;

    /// <summary><c>frame_list</c>: where the frames are written</summary>
    public ulong FrameList;
}
