using System;
using Sharpen.Xl.Output;

namespace Sharpen.Xl.Commands;

/// <summary>Help, made of what the commands say about themselves.</summary>
public static class Help
{
    private const int Column = 20;

    /// <summary>All commands, a line each.</summary>
    /// <param name="isLong">Also those that are seldom wanted.</param>
    public static void All(Terminal terminal, bool isLong)
    {
        terminal.Line("Usage xl [-vfNtT] <subcommand> [args]");
        terminal.Line();
        foreach (string name in CommandTable.Names)
        {
            if (CommandTable.Find(name) is { } command)
            {
                terminal.Line($" {name.PadRight(Column)}{command.Summary}");
            }
        }

        if (isLong)
        {
            terminal.Line();
            terminal.Line("Global options: -v say more (again: more still), -N do nothing but check, -T say when");
            terminal.Line("Help for one: xl <subcommand> --help");
        }
    }

    /// <summary>One command.</summary>
    public static void One(Terminal terminal, Command command)
    {
        terminal.Line($"Usage: xl [-vfNtT] {command.Name} {command.Arguments}".TrimEnd());
        terminal.Line();
        terminal.Line($"{command.Summary}.");
        terminal.Line();
        terminal.Line("Options:");
        foreach (var option in command.Options.AsSpan())
        {
            string name = option.Short == 0 ? $"    --{option.Long}" : option.Long.Length == 0 ? $"-{option.Short}" : $"-{option.Short}, --{option.Long}";
            string value = option.Value.Length == 0 ? "" : option.Long.Length == 0 ? $" {option.Value}" : $"={option.Value}";
            terminal.Line($" {(name + value).PadRight(30)} {option.Text}");
        }

        terminal.Line($" {"-h, --help",-30} show this");
        terminal.Line();
        terminal.Line($"Example: xl {command.Example}");
    }
}
