namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_vcpuaffinity</c>: which CPUs a vCPU may use, and which it likes. Source: <c>domctl.h</c>.</summary>
public struct DomctlAffinity : IAbiData
{
    /// <summary><c>vcpu</c></summary>
    public uint Vcpu;

    /// <summary><c>flags</c></summary>
    public uint Flags;

    /// <summary><c>cpumap_hard.bitmap</c>: where they are</summary>
    public ulong Hard;

    /// <summary><c>cpumap_hard.nr_bits</c></summary>
    public uint HardBits;

    /// <summary><c>cpumap_soft.bitmap</c>: where they are</summary>
    public ulong Soft;

    /// <summary><c>cpumap_soft.nr_bits</c></summary>
    public uint SoftBits;
}
