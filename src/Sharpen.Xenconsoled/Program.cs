using Sharpen.Xen.Daemons;
using Sharpen.Xenconsoled.Serving;

namespace Sharpen.Xenconsoled;

/// <summary>The program.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        ConsoleOptions? options = OptionReader.Read(arguments, out string? fault);
        return Daemon.Run("xenconsoled", arguments, OptionReader.Help, options, fault, static (options, log) => new ConsoleServer(options, log));
    }
}
