using System;

namespace Sharpen.Machine.Memory;

/// <summary>What an allocation asks for besides its size.</summary>
[Flags]
internal enum FrameOptions
{
    None = 0,

    /// <summary>Every byte reads zero.</summary>
    Cleared = 1,

    /// <summary>Below 4 GiB.</summary>
    Low = 2,

    /// <summary>Below 1 MiB: the page on which a CPU starts.</summary>
    VeryLow = 4,

    /// <summary>May lie where the direct map does not reach: for frames of guests.</summary>
    Anywhere = 8,

    /// <summary>From the node that was named, or not at all.</summary>
    ThisNode = 16,
}
