namespace Sharpen.Hypervisor.Topology;

/// <summary>What a CPU is called, kept in its own area.</summary>
public struct HostCpu
{
    /// <summary>The id of its local APIC.</summary>
    public uint ApicId;

    /// <summary>The number by which the firmware's byte code knows it.</summary>
    public uint AcpiId;

    /// <summary>Its proximity domain; 0 when the firmware names none.</summary>
    public uint Proximity;
}
