namespace Sharpen.Hypervisor.Acpi;

/// <summary>Where an ISA interrupt arrives, and how.</summary>
public readonly struct AcpiOverride
{
    private readonly ushort _flags;

    internal AcpiOverride(byte irq, uint globalInterrupt, ushort flags)
    {
        Irq = irq;
        GlobalInterrupt = globalInterrupt;
        _flags = flags;
    }

    /// <summary>The number on the ISA bus.</summary>
    public byte Irq { get; }

    /// <summary>The global system interrupt.</summary>
    public uint GlobalInterrupt { get; }

    /// <summary>Active low; what "as the bus has it" means for ISA is active high.</summary>
    public bool IsActiveLow => (_flags & 3) == 3;

    /// <summary>Level-triggered; what "as the bus has it" means for ISA is edge.</summary>
    public bool IsLevel => ((_flags >> 2) & 3) == 3;
}
