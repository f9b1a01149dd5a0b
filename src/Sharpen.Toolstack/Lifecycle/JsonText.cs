using System.Globalization;
using System.Text;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Writes JSON, four spaces a level. The runtime's own writer first makes tables of all Unicode, which takes longer than making a
/// small domain.</summary>
internal sealed class JsonText
{
    private const int Step = 4;
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isFirst = true;

    /// <summary>What was written.</summary>
    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    internal void WriteStartObject() => Open('{');

    internal void WriteStartObject(string name) => Name(name).Open('{', isMember: true);

    internal void WriteEndObject() => Close('}');

    internal void WriteStartArray(string name) => Name(name).Open('[', isMember: true);

    internal void WriteEndArray() => Close(']');

    internal void WriteString(string name, string value) => Name(name).Quote(value);

    internal void WriteNumber(string name, long value) => Name(name)._text.Append(CultureInfo.InvariantCulture, $"{value}");

    internal void WriteNumberValue(long value)
    {
        Begin();
        _text.Append(CultureInfo.InvariantCulture, $"{value}");
    }

    private JsonText Name(string name)
    {
        Begin();
        Quote(name);
        _text.Append(": ");
        return this;
    }

    // A value of an array or a name, on a line of its own.
    private void Begin()
    {
        if (_depth > 0)
        {
            _text.Append(_isFirst ? "\n" : ",\n").Append(' ', _depth * Step);
        }

        _isFirst = false;
    }

    private void Open(char bracket, bool isMember = false)
    {
        if (!isMember)
        {
            Begin();
        }

        _text.Append(bracket);
        _depth++;
        _isFirst = true;
    }

    private void Close(char bracket)
    {
        _depth--;
        if (!_isFirst)
        {
            _text.Append('\n').Append(' ', _depth * Step);
        }

        _text.Append(bracket);
        _isFirst = false;
    }

    private void Quote(string value)
    {
        _text.Append('"');
        foreach (char letter in value)
        {
            _ = letter switch
            {
                '"' or '\\' => _text.Append('\\').Append(letter),
                < ' ' or '\u007f' => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => _text.Append(letter),
            };
        }

        _text.Append('"');
    }
}
