namespace Sharpen.Build.Symbols;

/// <summary>From this address on, code comes from this line.</summary>
/// <param name="Address">In the image.</param>
/// <param name="File">From the repository's root where the file is ours.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct LineRow(ulong Address, string File, uint Line);
