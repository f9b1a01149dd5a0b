namespace Sharpen.Toolstack.Config;

/// <summary>What stands behind a key: text or number (<see cref="ConfigAtom"/>), or a list.</summary>
/// <param name="At">Where it begins.</param>
public abstract record ConfigValue(SourcePosition At);
