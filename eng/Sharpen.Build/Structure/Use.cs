namespace Sharpen.Build.Structure;

/// <summary>How often one folder mentions types of another.</summary>
/// <param name="From">Who uses.</param>
/// <param name="To">What is used.</param>
/// <param name="Count">Mentions in signatures, bodies and attributes.</param>
/// <param name="Example">One of them: <c>type uses type</c>.</param>
internal sealed record Use(Folder From, Folder To, int Count, string Example);
