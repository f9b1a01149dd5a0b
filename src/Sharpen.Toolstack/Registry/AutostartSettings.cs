using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Sharpen.Toolstack.Registry;

/// <summary>What <c>/etc/default/xendomains</c> says: assignments of a shell, of which nothing is run.</summary>
public sealed record AutostartSettings
{
    /// <summary>Where it stands.</summary>
    public const string UsualPath = "/etc/default/xendomains";

    /// <summary><c>XENDOMAINS_AUTO</c>: what is started with the host; empty: nothing.</summary>
    public string Folder { get; init; } = "/etc/xen/auto";

    /// <summary><c>XENDOMAINS_AUTO_ONLY</c>: only these are stopped with the host, not all.</summary>
    public bool StopsOnlyAutomatic { get; init; }

    /// <summary><c>XENDOMAINS_STOP_MAXWAIT</c>: how long guests may take to stop; zero for ever.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary><c>XENDOMAINS_CREATE_USLEEP</c>: how long to wait between two starts.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Reads a file; where there is none, everything has its default.</summary>
    public static AutostartSettings ReadFile(string path) => File.Exists(path) ? Read(File.ReadAllLines(path)) : new AutostartSettings();

    /// <summary>Understands the lines of a file; what is not known, or no number where one must be, is passed over.</summary>
    public static AutostartSettings Read(IEnumerable<string> lines)
    {
        var settings = new AutostartSettings();
        foreach (string line in lines)
        {
            string text = line.Trim();
            int equals = text.IndexOf('=');
            if (text.StartsWith('#') || equals < 0)
            {
                continue;
            }

            string value = Value(text[(equals + 1)..]);
            settings = text[..equals] switch
            {
                "XENDOMAINS_AUTO" => settings with { Folder = value },
                "XENDOMAINS_AUTO_ONLY" => settings with { StopsOnlyAutomatic = value == "true" },
                "XENDOMAINS_STOP_MAXWAIT" when TryNumber(value, out long seconds) => settings with { Patience = TimeSpan.FromSeconds(seconds) },
                "XENDOMAINS_CREATE_USLEEP" when TryNumber(value, out long microseconds) => settings with { Pause = TimeSpan.FromMicroseconds(microseconds) },
                _ => settings,
            };
        }

        return settings;
    }

    // A word of a shell: quoted, or up to a space or comment.
    private static string Value(string text)
    {
        if (text.Length > 1 && text[0] is ('"' or '\''))
        {
            int end = text.IndexOf(text[0], 1);
            return end < 0 ? text[1..] : text[1..end];
        }

        int stop = text.AsSpan().IndexOfAny(" \t#;");
        return stop < 0 ? text : text[..stop];
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= int.MaxValue;
}
