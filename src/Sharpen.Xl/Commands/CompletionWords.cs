using System;
using System.Collections.Generic;

namespace Sharpen.Xl.Commands;

/// <summary>What can stand at a place of a command's line, by what the command says about its options and arguments.</summary>
public static class CompletionWords
{
    /// <summary>The answer that stands for any file.</summary>
    public const string Files = "/";

    /// <summary>The words that can come next.</summary>
    /// <param name="before">The command's name, and what stands between it and the place.</param>
    /// <param name="domains">Names of domains; asked for only where one can stand.</param>
    public static List<string> After(IReadOnlyList<string> before, Func<IEnumerable<string>> domains)
    {
        var found = new List<string>();
        if (before.Count == 0 || CommandTable.Find(before[0]) is not { } command)
        {
            found.AddRange(before.Count == 0 ? CommandTable.Names : []);
            return found;
        }

        int arguments = 0;
        for (int i = 1; i < before.Count; i++)
        {
            bool takesNext = ValueOf(command, before[i]) is not null;
            if (takesNext && i == before.Count - 1)
            {
                Add(found, ValueOf(command, before[i])!, domains);
                return found;
            }

            arguments += before[i].StartsWith('-') ? 0 : 1;
            i += takesNext ? 1 : 0;
        }

        foreach (var option in command.Options)
        {
            found.Add(option.Long.Length > 0 ? $"--{option.Long}" : $"-{option.Short}");
        }

        Add(found, Argument(command.Arguments, arguments), domains);
        return found;
    }

    // What an option wants as its next word; null when it wants none, or the word is no option.
    private static string? ValueOf(Command command, string word)
    {
        foreach (var option in command.Options)
        {
            if (option.Value.Length > 0 && (word == $"-{option.Short}" || (option.Long.Length > 0 && word == $"--{option.Long}")))
            {
                return option.Value;
            }
        }

        return null;
    }

    // The argument at a place, as the synopsis names it; what has dots behind it may stand there again.
    private static string Argument(string synopsis, int place)
    {
        string last = "";
        bool isValue = false;
        foreach (string token in synopsis.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = token.Trim('[', ']', '<', '>');
            if (name == "...")
            {
                return last;
            }

            bool isOption = name.StartsWith('-') && !name.Contains('|', StringComparison.Ordinal);
            if (!isOption && !isValue && name != "options")
            {
                last = name;
                if (place-- == 0)
                {
                    return name;
                }
            }

            isValue = isOption && !token.EndsWith(']');
        }

        return "";
    }

    private static void Add(List<string> found, string name, Func<IEnumerable<string>> domains)
    {
        if (name is "Domain" or "DomainName" or "DOMAIN" or "-a|Domain")
        {
            found.AddRange(domains());
        }
        else if (name.Contains("file", StringComparison.OrdinalIgnoreCase))
        {
            found.Add(Files);
        }
        else if (name == "Command")
        {
            found.AddRange(CommandTable.Names);
        }
        else if (!name.Contains('[', StringComparison.Ordinal) && !name.StartsWith("DevId", StringComparison.Ordinal))
        {
            AddAlternatives(found, name);
        }
    }

    // Of words with bars between, those that are meant as they stand: the others name what is to stand there.
    private static void AddAlternatives(List<string> found, string name)
    {
        foreach (string word in name.Contains('|', StringComparison.Ordinal) ? name.Split('|') : [])
        {
            if (char.IsAsciiLetterLower(word[0]))
            {
                found.Add(word);
            }
        }
    }
}
