namespace Sharpen.Xenstored.Engine;

/// <summary>What happens to a node.</summary>
public enum ChangeKind : byte
{
    /// <summary>It gets a value.</summary>
    Write,

    /// <summary>It is made, empty, unless it is there.</summary>
    MakeDirectory,

    /// <summary>It goes, with all below it.</summary>
    Remove,

    /// <summary>It gets permissions.</summary>
    SetPermissions,
}
