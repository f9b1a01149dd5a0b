using System;
using System.IO;
using System.Threading;

namespace Sharpen.Xen.Daemons;

/// <summary>Where a daemon tells people what happens: a file, or standard error. Safe for threads.</summary>
internal sealed class DaemonLog(string name, string? path) : IDisposable
{
    private readonly Lock _lock = new();
    private TextWriter? _file = Open(path);

    /// <summary>Adds a line.</summary>
    internal void Write(string line)
    {
        lock (_lock)
        {
            (_file ?? Console.Error).WriteLine($"{name}: {line}");
        }
    }

    /// <summary>Opens the file anew, wherever somebody has moved it.</summary>
    internal void Reopen()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = Open(path);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static StreamWriter? Open(string? path) => path is null ? null : new StreamWriter(path, append: true) { AutoFlush = true };
}
