using System;

namespace Sharpen.Xenstored.Engine;

/// <summary>What a transaction has seen of a node.</summary>
[Flags]
public enum ReadKind : byte
{
    /// <summary>Its value and permissions, or that it is not there.</summary>
    Value = 1,

    /// <summary>The names below it.</summary>
    Children = 2,
}
