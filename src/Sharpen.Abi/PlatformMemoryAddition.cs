namespace Sharpen.Abi;

/// <summary><c>struct xenpf_mem_hotadd</c>: memory that was plugged in. Source: <c>platform.h</c>.</summary>
public struct PlatformMemoryAddition : IAbiData
{
    /// <summary><c>spfn</c></summary>
    public ulong First;

    /// <summary><c>epfn</c></summary>
    public ulong End;

    /// <summary><c>pxm</c></summary>
    public uint Proximity;

    /// <summary><c>flags</c></summary>
    public uint Flags;
}
