using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sharpen.Xenstored;

/// <summary>Reads the command line; the options are those that Xen's own two daemons take, so that any init script can start this one.</summary>
internal static class OptionReader
{
    /// <summary>What <c>--help</c> prints.</summary>
    internal const string Help = """
        Usage: xenstored [options]

        Serves the store of a Xen host: a tree of small values that domains and tools share.

          -F, --pid-file FILE       write the process id to FILE
          -P, --output-pid          print the process id
          -N, --no-fork             stay in the foreground
          -D, --no-domain-init      do not serve this kernel's own ring
          -E, --entry-nb N          nodes that a domain may own (1000)
          -S, --entry-size N        bytes of a value (2048)
          -W, --watch-nb N          watches that a domain may set (128)
          -t, --transaction N       transactions that a domain may have open (10)
          -A, --perm-nb N           entries of permissions of a node (5)
          -M, --path-max N          characters of a path (3072)
          -Q, --quota NAME=N        any limit, by the name that "xenstore-control quota" shows
          -T, --trace-file FILE     log to FILE
          -V, --verbose             log every request
          -R, --no-recovery         begin with nothing instead of what was there before
              --socket FILE         listen at FILE (/run/xenstored/socket)
              --state FILE          keep there what survives this process (/run/xenstored/state)
              --no-domains          serve programs only, without a hypervisor
          -H, --help                print this

        Taken for the sake of init scripts, without effect: -I, --internal-db, -K, --keep-orphans, --config-file FILE,
        --restart, -L, --preserve-local, -w, --timeout N, -q, --quota-soft NAME=N, -U, --live-update.

        Example: xenstored --pid-file /run/xen/xenstored.pid
        """;

    private static readonly Dictionary<string, string> s_limits = new(StringComparer.Ordinal)
    {
        ["-E"] = "nodes",
        ["--entry-nb"] = "nodes",
        ["-S"] = "node-size",
        ["--entry-size"] = "node-size",
        ["-W"] = "watches",
        ["--watch-nb"] = "watches",
        ["-t"] = "transactions",
        ["--transaction"] = "transactions",
        ["-A"] = "node-permissions",
        ["--perm-nb"] = "node-permissions",
        ["-M"] = "path-max",
        ["--path-max"] = "path-max",
    };

    /// <summary>Reads it.</summary>
    /// <param name="arguments">The words.</param>
    /// <param name="fault">What is wrong with them; null when nothing is.</param>
    /// <returns>Null when help was asked for.</returns>
    internal static StoreOptions? Read(IReadOnlyList<string> arguments, out string? fault)
    {
        StoreOptions options = new();
        fault = null;
        Queue<string> words = new(Split(arguments));
        while (fault is null && words.TryDequeue(out string? word))
        {
            if (word is "-H" or "-h" or "--help")
            {
                return null;
            }

            if (!ReadFlag(options, word))
            {
                fault = ReadValue(options, word, words);
            }
        }

        return options;
    }

    private static IEnumerable<string> Split(IReadOnlyList<string> arguments)
    {
        foreach (string argument in arguments)
        {
            int equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
            if (equals < 0)
            {
                yield return argument;
                continue;
            }

            yield return argument[..equals];
            // The value of an option that takes none tells nothing: --internal-db=on.
            if (argument[..equals] is not "--internal-db")
            {
                yield return argument[(equals + 1)..];
            }
        }
    }

    private static bool ReadFlag(StoreOptions options, string word)
    {
        switch (word)
        {
            case "-N" or "--no-fork":
                options.NoFork = true;
                return true;
            case "-P" or "--output-pid":
                options.PrintsPid = true;
                return true;
            case "-D" or "--no-domain-init":
                options.WithoutControl = true;
                return true;
            case "--no-domains":
                options.WithoutDomains = true;
                return true;
            case "-R" or "--no-recovery":
                options.KeepsNothing = true;
                return true;
            case "-V" or "--verbose":
                options.IsTracing = true;
                return true;
            default:
                return word is "-I" or "--internal-db" or "-K" or "--keep-orphans" or "--restart" or "-L" or "--preserve-local" or "-U" or "--live-update"
                    or "on" or "off";
        }
    }

    private static string? ReadValue(StoreOptions options, string word, Queue<string> words)
    {
        if (!s_limits.ContainsKey(word) && word is not ("-F" or "--pid-file" or "-T" or "--trace-file" or "-Q" or "--quota" or "-q" or "--quota-soft"
            or "--socket" or "--state" or "--config-file" or "-w" or "--timeout"))
        {
            return $"unknown option {word}";
        }

        if (!words.TryDequeue(out string? value))
        {
            return $"{word} wants a value";
        }

        switch (word)
        {
            case "-F" or "--pid-file":
                options.PidPath = value;
                return null;
            case "-T" or "--trace-file":
                options.LogPath = value;
                return null;
            case "--socket":
                options.SocketPath = value;
                return null;
            case "--state":
                options.StatePath = value;
                return null;
            case "-Q" or "--quota":
                int equals = value.IndexOf('=', StringComparison.Ordinal);
                return equals > 0 ? SetLimit(options, word, value[..equals], value[(equals + 1)..]) : $"{word} wants NAME=N, not {value}";
            default:
                return s_limits.TryGetValue(word, out string? limit) ? SetLimit(options, word, limit, value) : null;
        }
    }

    private static string? SetLimit(StoreOptions options, string word, string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && options.Quotas.TrySet(name, number)
            ? null : $"{word}: there is no limit {name} to be {value}";
}
