namespace Sharpen.Abi;

/// <summary><c>struct gnttab_query_size</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantQuerySize : IAbiData
{
    /// <summary><c>dom</c></summary>
    public ushort Domain;

    /// <summary><c>nr_frames</c>: out</summary>
    public uint FrameCount;

    /// <summary><c>max_nr_frames</c>: out</summary>
    public uint MostFrames;

    /// <summary><c>status</c>: out</summary>
    public GrantStatus Status;
}
