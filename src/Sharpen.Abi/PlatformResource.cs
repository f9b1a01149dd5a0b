namespace Sharpen.Abi;

/// <summary><c>struct xenpf_resource_entry</c>: one register. Source: <c>platform.h</c>.</summary>
public struct PlatformResource : IAbiData
{
    /// <summary><c>u.cmd</c>: out: the error</summary>
    public uint Command;

    /// <summary><c>rsvd</c></summary>
    public uint Reserved;

    /// <summary><c>idx</c></summary>
    public ulong Index;

    /// <summary><c>val</c></summary>
    public ulong Value;
}
