namespace Sharpen.Toolstack.Config;

/// <summary>A key with its value, as the text has it.</summary>
public sealed record ConfigSetting(string Key, ConfigValue Value, SourcePosition At);
