namespace Sharpen.Abi;

/// <summary><c>struct gnttab_get_status_frames</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantGetStatusFrames : IAbiData
{
    /// <summary><c>nr_frames</c></summary>
    public uint FrameCount;

    /// <summary><c>dom</c></summary>
    public ushort Domain;

    /// <summary><c>status</c>: out</summary>
    public GrantStatus Status;

    /// <summary><c>frame_list</c></summary>
    public ulong FrameList;
}
