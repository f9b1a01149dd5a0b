namespace Sharpen.Hypervisor.Acpi;

/// <summary>A CPU as the tables describe it.</summary>
public struct AcpiCpu
{
    internal AcpiCpu(uint apicId, uint acpiId)
    {
        ApicId = apicId;
        AcpiId = acpiId;
        Proximity = 0;
    }

    /// <summary>The id of its local APIC.</summary>
    public uint ApicId { get; }

    /// <summary>The number by which the firmware's byte code knows it.</summary>
    public uint AcpiId { get; }

    /// <summary>Its proximity domain; 0 when the tables do not say.</summary>
    public uint Proximity { get; internal set; }
}
