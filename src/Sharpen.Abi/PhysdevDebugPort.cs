namespace Sharpen.Abi;

/// <summary><c>struct physdev_dbgp_op</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevDebugPort : IAbiData
{
    /// <summary><c>op</c></summary>
    public byte Operation;

    /// <summary><c>bus</c></summary>
    public byte BusKind;

    /// <summary><c>u.pci</c></summary>
    public PhysdevPciDevice Device;
}
