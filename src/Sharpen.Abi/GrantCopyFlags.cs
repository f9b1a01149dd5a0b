using System;

namespace Sharpen.Abi;

/// <summary>How the ends of a copy are named. Source: <c>grant_table.h</c>.</summary>
[Flags]
public enum GrantCopyFlags : ushort
{
    /// <summary>Both by frame.</summary>
    None = 0,

    /// <summary><c>GNTCOPY_source_gref</c></summary>
    SourceReference = 1,

    /// <summary><c>GNTCOPY_dest_gref</c></summary>
    TargetReference = 2,
}
