namespace Sharpen.Toolstack.Config;

/// <summary>A string or a number. The language does not tell them apart: <c>vcpus = "2"</c> is as good as <c>vcpus = 2</c>.</summary>
/// <param name="Text">Without the quotes.</param>
/// <param name="At">Where it begins.</param>
public sealed record ConfigAtom(string Text, SourcePosition At) : ConfigValue(At);
