namespace Sharpen.Abi;

/// <summary><c>struct xen_mc_physcpuinfo</c>: the CPUs. Source: <c>arch-x86/xen-mca.h</c>.</summary>
public struct McaCpus : IAbiData
{
    /// <summary><c>ncpus</c></summary>
    public uint Count;

    /// <summary><c>info</c>: where to write them</summary>
    public ulong Buffer;
}
