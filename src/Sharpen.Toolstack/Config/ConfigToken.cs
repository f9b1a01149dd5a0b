namespace Sharpen.Toolstack.Config;

/// <summary>A piece of a configuration text.</summary>
/// <param name="Text">What it says: of a string, what is between the quotes; of a bad one, why it is bad.</param>
public readonly record struct ConfigToken(ConfigTokenKind Kind, string Text, SourcePosition At);
