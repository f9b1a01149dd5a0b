using System;
using System.IO;
using Sharpen.Toolstack.Building;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Devices;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen;
using Sharpen.Xl.Commands;
using Sharpen.Xl.Output;

namespace Sharpen.Xl;

/// <summary>xl: options, the command's name, the command.</summary>
public static class Program
{
    /// <summary>Runs a command.</summary>
    /// <returns>0: done; 1: it could not be done; 2: options or the number of arguments were wrong.</returns>
    public static int Main(string[] arguments)
    {
        using var terminal = new Terminal();
        using var host = new Host();
        try
        {
            return Run(arguments, host, terminal);
        }
        catch (CommandException exception)
        {
            if (exception.Message.Length > 0)
            {
                terminal.Complain($"xl: {exception.Message}");
            }

            return exception.Status;
        }
        catch (ConfigException exception)
        {
            terminal.Complain(exception.Message);
            return 1;
        }
        catch (XenException exception)
        {
            terminal.Complain($"xl: {exception.Message}{Hints.For(exception)}");
            return 1;
        }
        catch (Exception exception) when (exception is ToolException or ImageException or DeviceException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            terminal.Complain($"xl: {exception.Message}");
            return 1;
        }
    }

    private static int Run(ReadOnlySpan<string> arguments, Host host, Terminal terminal)
    {
        var options = new GlobalOptions();
        while (arguments.Length > 0 && arguments[0].Length > 1 && arguments[0][0] == '-')
        {
            if (arguments[0] is "--help" or "-h")
            {
                Help.All(terminal, isLong: true);
                return 0;
            }

            foreach (char letter in arguments[0].AsSpan(1))
            {
                options = letter switch
                {
                    'v' => options with { Verbosity = options.Verbosity + 1 },
                    'N' => options with { IsDry = true },
                    'f' => options with { IsForced = true },
                    't' => options,
                    'T' => options with { HasTimestamps = true },
                    _ => throw new CommandException(1, $"unknown global option -{letter}: the command's own options stand behind its name"),
                };
            }

            arguments = arguments[1..];
        }

        if (arguments.Length == 0)
        {
            Help.All(terminal, isLong: false);
            return 1;
        }

        return Call(arguments, new Context(host, terminal, options));
    }

    private static int Call(ReadOnlySpan<string> arguments, Context context)
    {
        string name = arguments[0];
        if (CommandTable.Find(name) is not { } command)
        {
            string? near = Suggestion.For(name, CommandTable.Names);
            throw new CommandException(1, $"there is no command '{name}'{(near is null ? ": 'xl help' lists all" : $", did you mean '{near}'?")}");
        }

        var line = Parsed.Parse(arguments[1..], command.Options);
        if (line.Has("help"))
        {
            Help.One(context.Out, command);
            return 0;
        }

        if (context.Options.IsDry && !command.CanRunDry)
        {
            throw new CommandException(1, $"'{name}' cannot be run dry (-N)");
        }

        if (line.Arguments.Count < command.Least)
        {
            context.Out.Complain($"xl: '{name}' wants at least {command.Least} argument{(command.Least == 1 ? "" : "s")}: xl {name} {command.Arguments}");
            return 2;
        }

        return command.Run(context, line);
    }
}
