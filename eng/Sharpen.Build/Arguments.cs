using System;
using System.Collections.Generic;
using System.Linq;

namespace Sharpen.Build;

/// <summary>A command's words: positions, flags (<c>--check</c>) and options with a value (<c>-o FILE</c>), each taken once by name.</summary>
internal sealed class Arguments(ReadOnlySpan<string> words)
{
    private readonly List<string> _words = [.. words];

    /// <summary>True when the flag was given.</summary>
    public bool Flag(string name) => _words.Remove(name);

    /// <summary>Every value given for an option, in order.</summary>
    public List<string> Values(string name)
    {
        List<string> values = [];
        for (int at = _words.IndexOf(name); at >= 0; at = _words.IndexOf(name))
        {
            if (at + 1 == _words.Count)
            {
                throw new BuildFailure($"{name} wants a value");
            }

            values.Add(_words[at + 1]);
            _words.RemoveRange(at, 2);
        }

        return values;
    }

    /// <summary>The last value given for an option, or null.</summary>
    public string? Value(string name) => Values(name).LastOrDefault();

    /// <summary>What is left after the options were taken: exactly this many words.</summary>
    public List<string> Rest(int count)
    {
        if (_words.FirstOrDefault(static word => word.StartsWith('-')) is { } unknown)
        {
            throw new BuildFailure($"unknown option {unknown} (see --help)");
        }

        return _words.Count == count ? _words : throw new BuildFailure($"{count} file names wanted, {_words.Count} given (see --help)");
    }
}
