using System;

namespace Sharpen.Machine.Memory;

/// <summary>What a mapping allows, independent of any page-table format. Reading is always allowed.</summary>
[Flags]
public enum PageAccess
{
    /// <summary>Reads only.</summary>
    Read = 0,

    /// <summary>Writes too.</summary>
    Write = 1,

    /// <summary>Instruction fetches too.</summary>
    Execute = 2,

    /// <summary>Guests may use it as well as the hypervisor.</summary>
    User = 4,

    /// <summary>Not cached: device registers.</summary>
    Uncached = 8,
}
