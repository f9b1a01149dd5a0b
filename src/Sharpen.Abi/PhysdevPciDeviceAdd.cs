namespace Sharpen.Abi;

/// <summary><c>struct physdev_pci_device_add</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevPciDeviceAdd : IAbiData
{
    /// <summary><c>seg</c></summary>
    public ushort Segment;

    /// <summary><c>bus</c></summary>
    public byte Bus;

    /// <summary><c>devfn</c></summary>
    public byte DevFn;

    /// <summary><c>flags</c></summary>
    public PciDeviceFlags Flags;

    /// <summary><c>physfn.bus</c></summary>
    public byte PhysicalBus;

    /// <summary><c>physfn.devfn</c></summary>
    public byte PhysicalDevFn;
}
