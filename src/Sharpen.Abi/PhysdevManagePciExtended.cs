namespace Sharpen.Abi;

/// <summary><c>struct physdev_manage_pci_ext</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevManagePciExtended : IAbiData
{
    /// <summary><c>bus</c></summary>
    public byte Bus;

    /// <summary><c>devfn</c></summary>
    public byte DevFn;

    /// <summary><c>is_extfn</c></summary>
    public uint IsExtendedFunction;

    /// <summary><c>is_virtfn</c></summary>
    public uint IsVirtualFunction;

    /// <summary><c>physfn.bus</c></summary>
    public byte PhysicalBus;

    /// <summary><c>physfn.devfn</c></summary>
    public byte PhysicalDevFn;
}
