using System;
using System.Collections.Generic;

namespace Sharpen.Xl.Commands;

/// <summary>A command's line, taken apart as GNU getopt_long does: options may stand behind arguments, <c>--</c> ends them, long names may
/// be cut short, values follow at once, behind <c>=</c>, or as the next word.</summary>
public sealed class Parsed
{
    private readonly List<KeyValuePair<string, string>> _options = [];
    private readonly List<string> _arguments = [];

    private Parsed()
    {
    }

    /// <summary>What is no option, in order.</summary>
    public IReadOnlyList<string> Arguments => _arguments;

    /// <summary>An argument, or nothing when there are fewer.</summary>
    public string? this[int index] => index < _arguments.Count ? _arguments[index] : null;

    /// <summary>Takes a line apart.</summary>
    /// <exception cref="CommandException">An option is not known, or lacks its value.</exception>
    public static Parsed Parse(ReadOnlySpan<string> words, ReadOnlySpan<Option> options)
    {
        var line = new Parsed();
        for (int at = 0; at < words.Length; at++)
        {
            string word = words[at];
            if (word == "--")
            {
                line._arguments.AddRange(words[(at + 1)..]);
                break;
            }

            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                line.TakeLong(word, words, ref at, options);
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                line.TakeShort(word, words, ref at, options);
            }
            else
            {
                line._arguments.Add(word);
            }
        }

        return line;
    }

    /// <summary>Whether an option was given.</summary>
    public bool Has(string key) => Count(key) > 0;

    /// <summary>How often an option was given.</summary>
    public int Count(string key)
    {
        int count = 0;
        foreach (var (name, _) in _options)
        {
            count += name == key ? 1 : 0;
        }

        return count;
    }

    /// <summary>The last value of an option, or null.</summary>
    public string? Value(string key)
    {
        string? found = null;
        foreach (var (name, value) in _options)
        {
            found = name == key ? value : found;
        }

        return found;
    }

    private void TakeLong(string word, ReadOnlySpan<string> words, ref int at, ReadOnlySpan<Option> options)
    {
        int equals = word.IndexOf('=');
        string name = equals < 0 ? word[2..] : word[2..equals];
        var option = FindLong(name, options);
        string value = equals < 0 ? "" : word[(equals + 1)..];
        if (option.Value.Length == 0 && equals >= 0)
        {
            throw new CommandException(2, $"option --{option.Long} takes no value");
        }

        if (option.Value.Length > 0 && equals < 0)
        {
            value = Next(words, ref at, "--" + option.Long);
        }

        _options.Add(new(option.Key, value));
    }

    private void TakeShort(string word, ReadOnlySpan<string> words, ref int at, ReadOnlySpan<Option> options)
    {
        for (int i = 1; i < word.Length; i++)
        {
            var option = FindShort(word[i], options);
            if (option.Value.Length == 0)
            {
                _options.Add(new(option.Key, ""));
                continue;
            }

            _options.Add(new(option.Key, i + 1 < word.Length ? word[(i + 1)..] : Next(words, ref at, $"-{word[i]}")));
            return;
        }
    }

    private static string Next(ReadOnlySpan<string> words, ref int at, string option) =>
        at + 1 < words.Length ? words[++at] : throw new CommandException(2, $"option {option} wants a value behind it");

    private static Option FindShort(char letter, ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
        {
            if (option.Short == letter)
            {
                return option;
            }
        }

        return letter == 'h' ? new Option('h', "help", "", "") : throw new CommandException(2, $"there is no option -{letter}: --help shows what there is");
    }

    private static Option FindLong(string name, ReadOnlySpan<Option> options)
    {
        Option? near = null;
        foreach (var option in options)
        {
            if (option.Long == name)
            {
                return option;
            }

            if (option.Long.StartsWith(name, StringComparison.Ordinal))
            {
                near = near is null ? option : throw new CommandException(2, $"--{name} can be --{near.Value.Long} or --{option.Long}");
            }
        }

        if (near is { } found)
        {
            return found;
        }

        return name.Length > 0 && "help".StartsWith(name, StringComparison.Ordinal)
            ? new Option('h', "help", "", "")
            : throw new CommandException(2, $"there is no option --{name}: --help shows what there is");
    }
}
