using System;

namespace Sharpen.Abi;

/// <summary>What a domain must know of one of its interrupts. Source: <c>physdev.h</c>.</summary>
[Flags]
public enum PirqStatusFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>XENIRQSTAT_needs_eoi</c></summary>
    NeedsEoi = 1,

    /// <summary><c>XENIRQSTAT_shared</c></summary>
    Shared = 2,
}
