using System;
using System.Text;
using Sharpen.Xl.Commands;

namespace Sharpen.ToolsTests.Xl;

/// <summary>The manual page of xl, made of what the commands say about themselves.</summary>
internal static class ManPage
{
    private const string Head = """
        .\" Made from the source by tests/Tools; `SHARPEN_WRITE_PAGES=1 dotnet test tests/Tools` writes it anew.
        .TH XL 1 "" Sharpen "Sharpen's manual"
        .SH NAME
        xl \- make, list and change domains of a Xen host
        .SH SYNOPSIS
        .B xl
        .RB [ -vfNtT ]
        .I command
        .RI [ arguments ]
        .SH DESCRIPTION
        Runs in the control domain, as root. Names, options, output and exit status of the commands are those of Xen 4.17's xl; what it says on
        standard error is its own: each message names the cause and the next step. Where a domain is wanted, its number or its name will do.
        Configurations are those of
        .BR xl.cfg (5)
        and
        .BR xl.conf (5)
        of Xen 4.17, for PV guests. A key that nobody knows is an error, and the nearest known one is named.
        .SH GLOBAL OPTIONS
        .TP
        .B -v
        Say more; twice: more still.
        .TP
        .B -N
        Check, and do nothing.
        .TP
        .B -T
        Say when.
        .TP
        .BR -f ", " -t
        Accepted, without effect.
        .SH COMMANDS

        """;

    private const string Foot = """
        .SH EXIT STATUS
        0: done. 1: it could not be done. 2: an option is not known or lacks its value, or there are too few arguments.
        .SH FILES
        .TP
        .I /etc/xen/xl.conf
        What holds for all domains.
        .TP
        .I /var/lib/xen/userdata-*
        The configurations of running domains.
        .TP
        .I /run/xen/xl-keeper
        Where
        .B xl create
        tells the process that stays with all domains of a new one;
        .I /run/xen/xl-kept
        has a link for each of them.
        .TP
        .I /var/log/xen/xl-NAME.log
        What became of a domain: its reboots, its end.

        """;

    /// <summary>The page.</summary>
    internal static string Write()
    {
        var text = new StringBuilder(Head);
        foreach (string name in CommandTable.Names)
        {
            var command = CommandTable.Find(name)!;
            text.Append($".SS {Quote(name)}\n.B xl {Quote(name)}\n{Quote(command.Arguments)}\n.PP\n{Quote(command.Summary)}.\n");
            foreach (var option in command.Options)
            {
                text.Append($".TP\n.B {Quote(Words(option))}\n{Quote(option.Text)}.\n");
            }

            text.Append($".PP\nExample:\n.B xl {Quote(command.Example)}\n");
        }

        return text.Append(Foot).ToString();
    }

    private static string Words(Option option)
    {
        string names = option.Short == 0 ? $"--{option.Long}" : option.Long.Length == 0 ? $"-{option.Short}" : $"-{option.Short}, --{option.Long}";
        return option.Value.Length == 0 ? names : $"{names} {option.Value}";
    }

    private static string Quote(string text)
    {
        string quoted = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return quoted.StartsWith('.') || quoted.StartsWith('\'') ? $"\\&{quoted}" : quoted;
    }
}
