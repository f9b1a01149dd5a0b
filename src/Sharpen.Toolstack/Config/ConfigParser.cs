using System.Collections.Generic;

namespace Sharpen.Toolstack.Config;

/// <summary>Makes settings of a text. A fault costs its line, not the file: all are found in one go.</summary>
public sealed class ConfigParser
{
    private const int DeepestList = 8;
    private readonly ConfigLexer _lexer;
    private readonly ConfigDocument _document;
    private ConfigToken _token;

    private ConfigParser(string file, string text, ConfigDocument document)
    {
        _lexer = new ConfigLexer(file, text);
        _document = document;
        _token = _lexer.Next();
    }

    /// <summary>Adds what <paramref name="text"/> says to <paramref name="document"/>: settings, and problems.</summary>
    /// <param name="file">The name that messages give it.</param>
    public static void Parse(string file, string text, ConfigDocument document) => new ConfigParser(file, text, document).Settings();

    private void Advance() => _token = _lexer.Next();

    private void Settings()
    {
        while (_token.Kind != ConfigTokenKind.End)
        {
            if (_token.Kind == ConfigTokenKind.Separator)
            {
                Advance();
            }
            else if (!Setting())
            {
                SkipLine();
            }
        }
    }

    private void SkipLine()
    {
        while (_token.Kind is not (ConfigTokenKind.End or ConfigTokenKind.Separator))
        {
            Advance();
        }
    }

    private bool Setting()
    {
        var key = _token;
        if (key.Kind != ConfigTokenKind.Name)
        {
            return Fail("a key was expected", "write KEY = VALUE, with strings in quotes");
        }

        Advance();
        var sign = _token.Kind;
        if (sign is not (ConfigTokenKind.Assign or ConfigTokenKind.Append))
        {
            return Fail($"'=' was expected behind '{key.Text}'", $"write {key.Text} = VALUE");
        }

        Advance();
        if (Value(0) is not { } value)
        {
            return false;
        }

        if (_token.Kind is not (ConfigTokenKind.End or ConfigTokenKind.Separator))
        {
            return Fail("there is more behind the value", "begin a new line, or put a ';' between two settings");
        }

        _document.Set(new ConfigSetting(key.Text, value, key.At), sign == ConfigTokenKind.Append);
        return true;
    }

    private ConfigValue? Value(int depth)
    {
        var first = _token;
        switch (first.Kind)
        {
            case ConfigTokenKind.Text or ConfigTokenKind.Number:
                Advance();
                return new ConfigAtom(first.Text, first.At);
            case ConfigTokenKind.Open when depth < DeepestList:
                Advance();
                return List(first.At, depth + 1);
            case ConfigTokenKind.Open:
                Fail($"lists are nested deeper than {DeepestList}", "");
                return null;
            case ConfigTokenKind.Name:
                Fail($"'{first.Text}' is neither a number nor a string", $"write \"{first.Text}\"");
                return null;
            default:
                Fail("a value was expected", "a number, a string in quotes, or a list in [ ]");
                return null;
        }
    }

    private ConfigList? List(SourcePosition at, int depth)
    {
        var items = new List<ConfigValue>();
        for (SkipLines(); _token.Kind != ConfigTokenKind.Close; SkipLines())
        {
            if (_token.Kind == ConfigTokenKind.End)
            {
                Fail($"the list that begins at line {at.Line} does not end", "close it with ]");
                return null;
            }

            if (Value(depth) is not { } item)
            {
                return null;
            }

            items.Add(item);
            SkipLines();
            if (_token.Kind == ConfigTokenKind.Comma)
            {
                Advance();
            }
            else if (_token.Kind != ConfigTokenKind.Close)
            {
                Fail("',' or ']' was expected", $"the list began at line {at.Line}");
                return null;
            }
        }

        Advance();
        return new ConfigList(items, at);
    }

    private void SkipLines()
    {
        while (_token is { Kind: ConfigTokenKind.Separator, Text: "\n" })
        {
            Advance();
        }
    }

    private bool Fail(string what, string fix)
    {
        _document.Report(_token.Kind == ConfigTokenKind.Bad
            ? new ConfigProblem(_token.At, _token.Text)
            : new ConfigProblem(_token.At, what, fix));
        return false;
    }
}
