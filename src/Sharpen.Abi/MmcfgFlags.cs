using System;

namespace Sharpen.Abi;

/// <summary>Of a part of PCI configuration space. Source: <c>physdev.h</c>.</summary>
[Flags]
public enum MmcfgFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>XEN_PCI_MMCFG_RESERVED</c></summary>
    Reserved = 1,
}
