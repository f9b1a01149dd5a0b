namespace Sharpen.Toolstack.Config;

/// <summary>What a piece of a configuration text is.</summary>
public enum ConfigTokenKind
{
    /// <summary>The text is over; again and again from here.</summary>
    End,

    /// <summary>A line end or a semicolon.</summary>
    Separator,

    /// <summary>A key: letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, not beginning with a digit.</summary>
    Name,

    /// <summary>Something that begins with a digit.</summary>
    Number,

    /// <summary>Something in quotes.</summary>
    Text,

    /// <summary><c>=</c></summary>
    Assign,

    /// <summary><c>+=</c></summary>
    Append,

    /// <summary><c>[</c></summary>
    Open,

    /// <summary><c>]</c></summary>
    Close,

    /// <summary><c>,</c></summary>
    Comma,

    /// <summary>A character that means nothing here, or a string that does not end.</summary>
    Bad,
}
