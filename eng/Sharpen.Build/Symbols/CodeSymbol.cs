namespace Sharpen.Build.Symbols;

/// <summary>A function of the image.</summary>
/// <param name="Address">Where it starts.</param>
/// <param name="Type">Namespace and type; empty for a stub.</param>
/// <param name="Method">Method or label.</param>
internal readonly record struct CodeSymbol(ulong Address, string Type, string Method);
