namespace Sharpen.Abi;

/// <summary><c>struct physdev_pci_mmcfg_reserved</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevMmcfgReserved : IAbiData
{
    /// <summary><c>address</c></summary>
    public ulong Address;

    /// <summary><c>segment</c></summary>
    public ushort Segment;

    /// <summary><c>start_bus</c></summary>
    public byte StartBus;

    /// <summary><c>end_bus</c></summary>
    public byte EndBus;

    /// <summary><c>flags</c></summary>
    public MmcfgFlags Flags;
}
