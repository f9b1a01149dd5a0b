namespace Sharpen.Abi;

/// <summary><c>struct xenpf_pcpu_version</c>: what a CPU is. Source: <c>platform.h</c>.</summary>
public struct PlatformCpuVersion : IAbiData
{
    /// <summary><c>xen_cpuid</c></summary>
    public uint Cpu;

    /// <summary><c>max_present</c></summary>
    public uint Highest;

    /// <summary><c>vendor_id</c></summary>
    public Bytes12 Vendor;

    /// <summary><c>family</c></summary>
    public uint Family;

    /// <summary><c>model</c></summary>
    public uint Model;

    /// <summary><c>stepping</c></summary>
    public uint Stepping;
}
