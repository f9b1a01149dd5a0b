using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>PCI configuration space of some buses, in memory.</summary>
public readonly struct PciSegment
{
    internal PciSegment(MachineAddress start, ushort number, byte firstBus, byte lastBus)
    {
        Start = start;
        Number = number;
        FirstBus = firstBus;
        LastBus = lastBus;
    }

    /// <summary>Where bus 0 of the segment would lie.</summary>
    public MachineAddress Start { get; }

    /// <summary>The segment.</summary>
    public ushort Number { get; }

    /// <summary>The first bus that is there.</summary>
    public byte FirstBus { get; }

    /// <summary>The last bus that is there; not before the first.</summary>
    public byte LastBus { get; }
}
