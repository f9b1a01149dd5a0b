using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using Sharpen.Xen;
using Sharpen.Xen.Native;
using Sharpen.Xenstored.Serving;

namespace Sharpen.Xenstored;

/// <summary>The program: its options, its way into the background, its end.</summary>
internal static class Program
{
    private const int BadOptions = 2;

    private static int Main(string[] arguments)
    {
        StoreOptions? options = OptionReader.Read(arguments, out string? fault);
        if (options is null)
        {
            Console.WriteLine(OptionReader.Help);
            return 0;
        }

        if (fault is not null)
        {
            Console.Error.WriteLine($"xenstored: {fault} (see --help)");
            return BadOptions;
        }

        try
        {
            return options.NoFork || Background.IsChild ? Serve(options) : Background.Start(arguments);
        }
        catch (Exception failure) when (failure is XenException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"xenstored: {failure.Message}");
            return 1;
        }
    }

    private static int Serve(StoreOptions options)
    {
        if (File.Exists(options.SocketPath) && LocalListener.IsServed(options.SocketPath))
        {
            Console.Error.WriteLine($"xenstored: another one serves {options.SocketPath} already");
            return 1;
        }

        _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.SocketPath))!);
        using TextWriter log = options.LogPath is null ? Console.Error : new StreamWriter(options.LogPath, append: true) { AutoFlush = true };
        using StoreServer server = new(options, line => log.WriteLine($"xenstored: {line}"));
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM, server);
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT, server);
        if (options.PidPath is not null)
        {
            File.WriteAllText(options.PidPath, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
        }

        if (options.PrintsPid)
        {
            Console.WriteLine(Environment.ProcessId);
        }

        Background.Ready();
        server.Run();
        return 0;
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, StoreServer server) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            server.Stop();
        });
}
