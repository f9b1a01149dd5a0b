using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using Sharpen.Xen;
using Sharpen.Xen.Native;
using Sharpen.Xenconsoled.Serving;

namespace Sharpen.Xenconsoled;

/// <summary>The program: its options, its way into the background, its end.</summary>
internal static class Program
{
    private const int BadOptions = 2;

    private static int Main(string[] arguments)
    {
        ConsoleOptions? options = OptionReader.Read(arguments, out string? fault);
        if (options is null)
        {
            Console.WriteLine(OptionReader.Help);
            return 0;
        }

        if (fault is not null)
        {
            Console.Error.WriteLine($"xenconsoled: {fault} (see --help)");
            return BadOptions;
        }

        try
        {
            return options.NoFork || Background.IsChild ? Serve(options) : Background.Start(arguments);
        }
        catch (Exception failure) when (failure is XenException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"xenconsoled: {failure.Message}");
            return 1;
        }
    }

    private static int Serve(ConsoleOptions options)
    {
        using ConsoleServer server = new(options, line =>
        {
            if (options.IsVerbose)
            {
                Console.Error.WriteLine($"xenconsoled: {line}");
            }
        });
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM, server.Stop);
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT, server.Stop);
        using PosixSignalRegistration reopen = OnSignal(PosixSignal.SIGHUP, server.ReopenLogs);
        if (options.PidPath is not null)
        {
            File.WriteAllText(options.PidPath, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
        }

        Background.Ready();
        server.Run();
        return 0;
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, Action act) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            act();
        });
}
