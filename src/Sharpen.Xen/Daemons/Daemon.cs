using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Daemons;

/// <summary>
/// What is around the work of a daemon: help and faults of its command line, its way into the background, its process id, signals, and
/// one line for what it cannot do.
/// </summary>
public static class Daemon
{
    private const int BadOptions = 2;

    /// <summary>Runs a daemon to its end, or starts it in the background and returns when it is ready.</summary>
    /// <param name="name">The program's.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="help">What to print when <paramref name="options"/> are null: help was asked for.</param>
    /// <param name="options">What its command line says.</param>
    /// <param name="fault">What is wrong with its command line; null when nothing is.</param>
    /// <param name="start">Makes it, given what takes lines for people.</param>
    /// <returns>The exit status.</returns>
    public static int Run<TOptions>(
        string name, string[] arguments, string help, TOptions? options, string? fault, Func<TOptions, Action<string>, IDaemon> start)
        where TOptions : DaemonOptions
    {
        if (options is null)
        {
            Console.WriteLine(help);
            return 0;
        }

        if (fault is not null)
        {
            Console.Error.WriteLine($"{name}: {fault} (see --help)");
            return BadOptions;
        }

        try
        {
            return options.NoFork || Background.IsChild || Succession.IsHeir ? Serve(name, options, start) : Background.Start(arguments);
        }
        catch (Exception failure) when (failure is XenException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{name}: {failure.Message}");
            return 1;
        }
    }

    private static int Serve<TOptions>(string name, TOptions options, Func<TOptions, Action<string>, IDaemon> start)
        where TOptions : DaemonOptions
    {
        using DaemonLog log = new(name, options.LogPath);
        using IDaemon daemon = start(options, options.IsQuiet ? static _ => { } : log.Write);
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM, daemon.Stop);
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT, daemon.Stop);
        using PosixSignalRegistration reopen = OnSignal(PosixSignal.SIGHUP, () =>
        {
            log.Reopen();
            daemon.ReopenLogs();
        });
        if (options.PidPath is not null)
        {
            File.WriteAllText(options.PidPath, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
        }

        if (options.PrintsPid)
        {
            Console.WriteLine(Environment.ProcessId);
        }

        Background.Ready();
        daemon.Run();
        return 0;
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, Action act) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            act();
        });
}
