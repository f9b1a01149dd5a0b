namespace Sharpen.Abi;

/// <summary><c>struct xenpf_pcpuinfo</c>: a CPU and its ids. Source: <c>platform.h</c>.</summary>
public struct PlatformCpuInfo : IAbiData
{
    /// <summary><c>xen_cpuid</c></summary>
    public uint Cpu;

    /// <summary><c>max_present</c></summary>
    public uint Highest;

    /// <summary><c>flags</c></summary>
    public uint Flags;

    /// <summary><c>apic_id</c></summary>
    public uint ApicId;

    /// <summary><c>acpi_id</c></summary>
    public uint AcpiId;
}
