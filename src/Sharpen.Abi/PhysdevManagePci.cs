namespace Sharpen.Abi;

/// <summary><c>struct physdev_manage_pci</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevManagePci : IAbiData
{
    /// <summary><c>bus</c></summary>
    public byte Bus;

    /// <summary><c>devfn</c></summary>
    public byte DevFn;
}
