namespace Sharpen.Abi;

/// <summary><c>struct xenpf_core_parking</c>: how many CPUs idle to save power. Source: <c>platform.h</c>.</summary>
public struct PlatformParking : IAbiData
{
    /// <summary><c>type</c></summary>
    public uint Type;

    /// <summary><c>idle_nums</c></summary>
    public uint Idle;
}
