using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sharpen.Xenconsoled;

/// <summary>Reads the command line; Xen's own options, and a few more.</summary>
internal static class OptionReader
{
    /// <summary>What <c>--help</c> prints.</summary>
    internal const string Help = """
        Usage: xenconsoled [options]

        Keeps what guests say on their consoles, and gives it to whoever attaches, as "xl console" does.

              --pid-file=FILE           write the process id to FILE
          -i, --interactive             stay in the foreground
          -v, --verbose                 say what happens
              --log=none|guest|hv|all   what to log (none)
              --log-dir=FOLDER          where (/var/log/xen/console)
              --log-size=BYTES          put a log of this size aside (16777216)
              --log-keep=N              so many put aside are kept (4)
              --timestamp=none|guest|hv|all
                                        begin logged lines with the time (none)
              --replace-escape          write escape characters to logs as dots
              --history=BYTES           keep so much of each guest for who attaches later (131072)
          -h, --help                    print this

        Taken for the sake of init scripts, without effect: --overflow-data=discard|keep (the oldest always goes).
        SIGHUP has the logs opened anew.

        Example: xenconsoled --pid-file=/run/xen/xenconsoled.pid --log=all --timestamp=all
        """;

    /// <summary>Reads it.</summary>
    /// <param name="arguments">The words.</param>
    /// <param name="fault">What is wrong with them; null when nothing is.</param>
    /// <returns>Null when help was asked for.</returns>
    internal static ConsoleOptions? Read(IReadOnlyList<string> arguments, out string? fault)
    {
        ConsoleOptions options = new() { IsQuiet = true };
        fault = null;
        Queue<string> words = new(arguments);
        while (fault is null && words.TryDequeue(out string? word))
        {
            if (word is "-h" or "--help")
            {
                return null;
            }

            int equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
            string name = equals < 0 ? word : word[..equals];
            if (ReadFlag(options, name))
            {
                fault = equals < 0 ? null : $"{name} takes no value";
            }
            else if (equals >= 0 || words.TryDequeue(out _))
            {
                string value = equals >= 0 ? word[(equals + 1)..] : arguments[arguments.Count - words.Count - 1];
                fault = ReadValue(options, name, value);
            }
            else
            {
                fault = IsKnown(name) ? $"{name} wants a value" : $"unknown option {name}";
            }
        }

        return options;
    }

    private static bool IsKnown(string name) =>
        name is "--pid-file" or "--log" or "--log-dir" or "--log-size" or "--log-keep" or "--timestamp" or "--history" or "--overflow-data";

    private static bool ReadFlag(ConsoleOptions options, string name)
    {
        switch (name)
        {
            case "-i" or "--interactive":
                options.NoFork = true;
                return true;
            case "-v" or "--verbose":
                options.IsQuiet = false;
                return true;
            case "--replace-escape":
                options.ReplacesEscapes = true;
                return true;
            default:
                return false;
        }
    }

    private static string? ReadValue(ConsoleOptions options, string name, string value)
    {
        bool valid = true;
        switch (name)
        {
            case "--pid-file":
                options.PidPath = value;
                break;
            case "--log-dir":
                options.LogFolder = value;
                break;
            case "--log":
                valid = TryReadWho(value, out bool logsGuests, out bool logsHypervisor);
                (options.LogsGuests, options.LogsHypervisor) = (logsGuests, logsHypervisor);
                break;
            case "--timestamp":
                valid = TryReadWho(value, out bool timesGuests, out bool timesHypervisor);
                (options.TimesGuests, options.TimesHypervisor) = (timesGuests, timesHypervisor);
                break;
            case "--log-size":
                valid = TryReadNumber(value, 4096, out int bytes);
                options.LogBytes = bytes;
                break;
            case "--log-keep":
                valid = TryReadNumber(value, 0, out int kept);
                options.LogsKept = kept;
                break;
            case "--history":
                valid = TryReadNumber(value, 1024, out int history);
                options.HistoryBytes = history;
                break;
            case "--overflow-data":
                valid = value is "discard" or "keep";
                break;
            default:
                return $"unknown option {name}";
        }

        return valid ? null : $"{name} cannot be {value}";
    }

    private static bool TryReadWho(string value, out bool guests, out bool hypervisor)
    {
        guests = value is "guest" or "all";
        hypervisor = value is "hv" or "all";
        return guests || hypervisor || value == "none";
    }

    private static bool TryReadNumber(string value, int least, out int number) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= 1 << 30;
}
