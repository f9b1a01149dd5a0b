namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_readconsole</c>: text of the console. Source: <c>sysctl.h</c>.</summary>
public struct SysctlConsole : IAbiData
{
    /// <summary><c>clear</c></summary>
    public byte Clear;

    /// <summary><c>incremental</c></summary>
    public byte Incremental;

    /// <summary><c>index</c>: in and out: a position</summary>
    public uint Index;

    /// <summary><c>buffer</c>: where to write it</summary>
    public ulong Buffer;

    /// <summary><c>count</c>: bytes; in: room, out: written</summary>
    public uint Count;
}
