using System.IO;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Daemons;
using Sharpen.Xen.Native;
using Sharpen.Xenstored.Serving;

namespace Sharpen.Xenstored;

/// <summary>The program.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        StoreOptions? options = OptionReader.Read(arguments, out string? fault);
        return Daemon.Run("xenstored", arguments, OptionReader.Help, options, fault, static (options, log) =>
        {
            if (!Succession.IsHeir && File.Exists(options.SocketPath) && LocalListener.IsServed(options.SocketPath))
            {
                throw new XenException($"serve {options.SocketPath}: another one does", null, Errno.Exist);
            }

            _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.SocketPath))!);
            return new StoreServer(options, log);
        });
    }
}
