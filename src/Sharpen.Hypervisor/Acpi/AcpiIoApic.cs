using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>An I/O APIC as the tables describe it.</summary>
public readonly struct AcpiIoApic
{
    internal AcpiIoApic(byte id, MachineAddress address, uint firstInterrupt)
    {
        Id = id;
        Address = address;
        FirstInterrupt = firstInterrupt;
    }

    /// <summary>Its id.</summary>
    public byte Id { get; }

    /// <summary>Where its registers lie.</summary>
    public MachineAddress Address { get; }

    /// <summary>The global system interrupt that is its pin 0.</summary>
    public uint FirstInterrupt { get; }
}
