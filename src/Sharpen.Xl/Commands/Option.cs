namespace Sharpen.Xl.Commands;

/// <summary>An option of a command.</summary>
/// <param name="Short">Its letter; zero for none.</param>
/// <param name="Long">Its long name; empty for none.</param>
/// <param name="Value">What follows it, as help names it; empty when nothing does.</param>
/// <param name="Text">What it does.</param>
public readonly record struct Option(char Short, string Long, string Value, string Text)
{
    /// <summary>What <see cref="Parsed"/> calls it.</summary>
    public string Key => Long.Length > 0 ? Long : Short.ToString();
}
