using System;

namespace Sharpen.Xen.Store;

/// <summary>What a domain may do with a node.</summary>
[Flags]
public enum StoreAccess
{
    /// <summary>Nothing: <c>n</c>.</summary>
    None = 0,

    /// <summary>Read it: <c>r</c>.</summary>
    Read = 1,

    /// <summary>Write it: <c>w</c>.</summary>
    Write = 2,

    /// <summary>Both: <c>b</c>.</summary>
    Both = 3,
}
