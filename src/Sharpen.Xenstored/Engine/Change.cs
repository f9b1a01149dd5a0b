using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <summary>A change of a node, as asked for.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">Which node.</param>
/// <param name="Value">Its value, when it gets one.</param>
/// <param name="Permissions">Its permissions, when it gets some.</param>
public readonly record struct Change(ChangeKind Kind, string Path, byte[] Value, Permissions Permissions);
