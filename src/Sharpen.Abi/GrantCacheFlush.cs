namespace Sharpen.Abi;

/// <summary><c>struct gnttab_cache_flush</c>. Source: <c>grant_table.h</c>.</summary>
public struct GrantCacheFlush : IAbiData
{
    /// <summary><c>a</c>: a device address, or a reference in the lower 32 bits</summary>
    public ulong Place;

    /// <summary><c>offset</c></summary>
    public ushort Offset;

    /// <summary><c>length</c></summary>
    public ushort Length;

    /// <summary><c>op</c></summary>
    public uint Operation;
}
