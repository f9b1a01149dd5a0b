namespace Sharpen.Abi;

/// <summary><c>struct xenpf_cpu_hotadd</c>: a CPU that was plugged in. Source: <c>platform.h</c>.</summary>
public struct PlatformCpuAddition : IAbiData
{
    /// <summary><c>apic_id</c></summary>
    public uint ApicId;

    /// <summary><c>acpi_id</c></summary>
    public uint AcpiId;

    /// <summary><c>pxm</c></summary>
    public uint Proximity;
}
