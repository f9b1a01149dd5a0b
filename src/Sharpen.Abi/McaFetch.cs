namespace Sharpen.Abi;

/// <summary><c>struct xen_mc_fetch</c>: what hardware reported. Source: <c>arch-x86/xen-mca.h</c>.</summary>
public struct McaFetch : IAbiData
{
    /// <summary><c>flags</c></summary>
    public uint Flags;

    /// <summary><c>fetch_id</c></summary>
    public ulong Id;

    /// <summary><c>data</c>: where to write it</summary>
    public ulong Buffer;
}
