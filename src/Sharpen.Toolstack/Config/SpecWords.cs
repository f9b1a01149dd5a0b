using System;
using System.Collections.Generic;

namespace Sharpen.Toolstack.Config;

/// <summary>The words of a device's specification: <c>name=value</c>, with commas between.</summary>
internal static class SpecWords
{
    /// <summary>Takes a text apart.</summary>
    /// <param name="kind">What it is for, as messages call it.</param>
    /// <param name="known">The names that there are.</param>
    /// <param name="problem">What is wrong; empty when nothing is.</param>
    /// <returns>The values; null when it cannot be understood.</returns>
    internal static Dictionary<string, string>? Split(string text, string kind, string[] known, out string problem)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        problem = text.AsSpan().ContainsAnyInRange('\0', '\x1f') ? $"{kind} has control characters" : "";
        if (problem.Length > 0)
        {
            return null;
        }

        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=');
            string name = (equals < 0 ? part : part[..equals]).TrimEnd();
            if (Array.IndexOf(known, name) < 0)
            {
                string? near = Suggestion.For(name, known);
                problem = $"{kind} has no '{name}'{(near is null ? "" : $", did you mean '{near}'?")}";
                return null;
            }

            if (equals < 0 || !values.TryAdd(name, part[(equals + 1)..].TrimStart()))
            {
                problem = equals < 0 ? $"'{name}' of {kind} has no value: write {name}=..." : $"{kind} has '{name}' twice";
                return null;
            }
        }

        return values;
    }
}
