using System;
using System.Text;
using System.Text.Json;

namespace Sharpen.Xl.Commands;

/// <summary>Prints JSON as libxl does: four spaces a level, and an empty line in an empty object.</summary>
public sealed class LibxlJson
{
    private const int Step = 4;
    private readonly StringBuilder _text = new();

    /// <summary>Prints a document whose root is an object.</summary>
    /// <param name="text">The document.</param>
    /// <param name="indent">Spaces in front of what closes it.</param>
    /// <param name="extra">As <see cref="Value"/> takes it, and first what prints.</param>
    /// <returns>Null when the text is no such document.</returns>
    public static string? Print(string text, int indent, Func<LibxlJson, string, string, int, bool> extra)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var json = new LibxlJson();
            json.Value(document.RootElement, indent, "", (path, name, depth) => extra(json, path, name, depth));
            return document.RootElement.ValueKind == JsonValueKind.Object ? json.ToString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // The others are what the runtime says of names and texts with half a character in them.
            return null;
        }
    }

    /// <summary>What was printed.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>Prints text as it is.</summary>
    public LibxlJson Raw(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>Prints a value.</summary>
    /// <param name="indent">Spaces in front of what closes it.</param>
    /// <param name="extra">Prints more members of the object in which it is called: its path, the name of the next member, and the indent.
    /// It answers true when that member is not to be printed any more.</param>
    public void Value(JsonElement value, int indent, string path, Func<string, string, int, bool> extra)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Object(value, indent, path, extra);
                break;
            case JsonValueKind.Array:
                Array(value, indent, path, extra);
                break;
            default:
                _text.Append(value.GetRawText());
                break;
        }
    }

    /// <summary>Begins a member, with a comma behind the one before.</summary>
    public LibxlJson Member(string name, int indent)
    {
        char last = _text[^1];
        _text.Append(last == '{' ? "\n" : ",\n").Append(' ', indent).Append('"').Append(JsonEncodedText.Encode(name).Value).Append("\": ");
        return this;
    }

    private void Object(JsonElement value, int indent, string path, Func<string, string, int, bool> extra)
    {
        _text.Append('{');
        int start = _text.Length;
        foreach (var member in value.EnumerateObject())
        {
            if (!extra(path, member.Name, indent + Step))
            {
                Member(member.Name, indent + Step);
                Value(member.Value, indent + Step, $"{path}/{member.Name}", extra);
            }
        }

        _text.Append(_text.Length == start ? "\n\n" : "\n").Append(' ', indent).Append('}');
    }

    private void Array(JsonElement value, int indent, string path, Func<string, string, int, bool> extra)
    {
        _text.Append('[');
        bool first = true;
        foreach (var item in value.EnumerateArray())
        {
            _text.Append(first ? "\n" : ",\n").Append(' ', indent + Step);
            Value(item, indent + Step, $"{path}[]", extra);
            first = false;
        }

        _text.Append(first ? "\n\n" : "\n").Append(' ', indent).Append(']');
    }
}
