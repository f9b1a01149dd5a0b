using System;

namespace Sharpen.Abi;

/// <summary>Of a PCI device that is announced. Source: <c>physdev.h</c>.</summary>
[Flags]
public enum PciDeviceFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>XEN_PCI_DEV_EXTFN</c></summary>
    ExtendedFunction = 1,

    /// <summary><c>XEN_PCI_DEV_VIRTFN</c></summary>
    VirtualFunction = 2,

    /// <summary><c>XEN_PCI_DEV_PXM</c></summary>
    Proximity = 4,
}
