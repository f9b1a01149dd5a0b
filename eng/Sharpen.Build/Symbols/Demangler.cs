using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Sharpen.Build.Symbols;

/// <summary>Turns a symbol of the object into the type and method that a programmer wrote.</summary>
internal sealed partial class Demangler(MangledNames names)
{
    /// <summary>
    /// <c>Asm_Space_Type_1&lt;Asm_Space_Argument&gt;__Method_0&lt;Int32&gt;</c> becomes (<c>Space.Type&lt;Argument&gt;</c>, <c>Method&lt;int&gt;</c>).
    /// A symbol that is no method of a known type is a stub: (empty, symbol).
    /// </summary>
    public (string Type, string Method) Name(string symbol)
    {
        int position = 0;
        string? type = ParseType(symbol, ref position, qualified: true);
        if (type is null || !symbol.AsSpan(position).StartsWith("__", StringComparison.Ordinal))
        {
            return ("", symbol);
        }

        string rest = symbol[(position + 2)..];
        int arguments = rest.IndexOf('<', StringComparison.Ordinal);
        string method = arguments < 0 ? rest : rest[..arguments];
        if (arguments >= 0)
        {
            int at = arguments;
            method = WithoutOverload(method) + ParseArguments(rest, ref at);
        }

        return (type, LocalFunction().Match(method) is { Success: true } local ? $"{local.Groups[1]}.{local.Groups[2]}" : WithoutOverload(method));
    }

    /// <summary>Type and method with a dot between, or the symbol itself.</summary>
    public string FullName(string symbol) => Name(symbol) is { Type.Length: > 0 } name ? $"{name.Type}.{name.Method}" : symbol;

    private string? ParseType(string text, ref int position, bool qualified)
    {
        if (names.TypeAt(text.AsSpan(position)) is not (string name, int length))
        {
            return null;
        }

        position += length;
        string shown = qualified ? name : name[(name.LastIndexOf('.') + 1)..];
        return position < text.Length && text[position] == '<' ? shown + ParseArguments(text, ref position) : shown;
    }

    /// <summary>From an opening bracket to the closing one; arguments are separated by two underscores.</summary>
    private string ParseArguments(string text, ref int position)
    {
        List<string> arguments = [];
        position++;
        while (position < text.Length && text[position] != '>')
        {
            int before = position;
            arguments.Add(ParseType(text, ref position, qualified: false) ?? Unknown(text, ref position));
            position += text.AsSpan(position).StartsWith("__", StringComparison.Ordinal) ? 2 : 0;
            if (position == before)
            {
                break;
            }
        }

        position = Math.Min(position + 1, text.Length);
        return $"<{string.Join(", ", arguments)}>";
    }

    private static string Unknown(string text, ref int position)
    {
        int start = position;
        while (position < text.Length && text[position] is not ('<' or '>'))
        {
            position++;
        }

        return text[start..position].Split('_').Last();
    }

    private static string WithoutOverload(string method) => Overload().Replace(method, "");

    [GeneratedRegex("_[0-9]+$")]
    private static partial Regex Overload();

    [GeneratedRegex("^_(.+)_g__(.+)_[0-9]+_[0-9]+")]
    private static partial Regex LocalFunction();
}
