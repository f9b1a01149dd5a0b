using System;

namespace Sharpen.Toolstack.Config;

/// <summary>Cuts a configuration text into tokens. Comments run from <c>#</c> to the end of the line. It never fails: what
/// it does not know comes as <see cref="ConfigTokenKind.Bad"/>. Source: xl.cfg(5), and what Debian's xl accepts.</summary>
public sealed class ConfigLexer(string file, string text)
{
    private int _at;
    private int _line = 1;
    private int _lineStart;

    /// <summary>The next token.</summary>
    public ConfigToken Next()
    {
        SkipBlanks();
        var position = Position();
        if (_at >= text.Length)
        {
            return new ConfigToken(ConfigTokenKind.End, "", position);
        }

        char c = text[_at];
        if (char.IsAsciiLetter(c) || c == '_')
        {
            return new ConfigToken(ConfigTokenKind.Name, Take(IsNamePart), position);
        }

        if (char.IsAsciiDigit(c) || (c == '-' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
        {
            return new ConfigToken(ConfigTokenKind.Number, Take(IsNumberPart), position);
        }

        return c is '"' or '\'' ? Quoted(c, position) : Sign(c, position);
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';

    private static bool IsNumberPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '-';

    private SourcePosition Position() => new(file, _line, _at - _lineStart + 1);

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c == '#')
            {
                int end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else if (c is ' ' or '\t' or '\r' or '\f' or '\v')
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    private string Take(Func<char, bool> belongs)
    {
        int start = _at++;
        while (_at < text.Length && belongs(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    private ConfigToken Sign(char c, SourcePosition position)
    {
        _at++;
        switch (c)
        {
            case '\n':
                _line++;
                _lineStart = _at;
                return new ConfigToken(ConfigTokenKind.Separator, "\n", position);
            case ';': return new ConfigToken(ConfigTokenKind.Separator, ";", position);
            case '=': return new ConfigToken(ConfigTokenKind.Assign, "=", position);
            case '[': return new ConfigToken(ConfigTokenKind.Open, "[", position);
            case ']': return new ConfigToken(ConfigTokenKind.Close, "]", position);
            case ',': return new ConfigToken(ConfigTokenKind.Comma, ",", position);
            case '+' when _at < text.Length && text[_at] == '=':
                _at++;
                return new ConfigToken(ConfigTokenKind.Append, "+=", position);
            default: return new ConfigToken(ConfigTokenKind.Bad, $"'{(char.IsControl(c) ? $"\\x{(int)c:x2}" : c)}' means nothing here", position);
        }
    }

    // A string ends on the line that it begins on. A backslash takes the next character into it as it is.
    private ConfigToken Quoted(char quote, SourcePosition position)
    {
        int start = ++_at;
        while (_at < text.Length && text[_at] != '\n')
        {
            if (text[_at] == quote)
            {
                return new ConfigToken(ConfigTokenKind.Text, Unescaped(text[start.._at++]), position);
            }

            _at += text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] != '\n' ? 2 : 1;
        }

        return new ConfigToken(ConfigTokenKind.Bad, $"the string is not closed: a {quote} is missing on this line", position);
    }

    private static string Unescaped(string raw) => raw.Contains('\\') ? ConfigEscapes.Resolve(raw) : raw;
}
