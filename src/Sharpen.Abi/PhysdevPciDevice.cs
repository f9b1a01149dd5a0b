namespace Sharpen.Abi;

/// <summary><c>struct physdev_pci_device</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevPciDevice : IAbiData
{
    /// <summary><c>seg</c></summary>
    public ushort Segment;

    /// <summary><c>bus</c></summary>
    public byte Bus;

    /// <summary><c>devfn</c></summary>
    public byte DevFn;
}
