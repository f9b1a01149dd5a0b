using System;
using System.IO;
using System.Threading;
using Microsoft.Win32.SafeHandles;

namespace Sharpen.Xen.Daemons;

/// <summary>Where a daemon tells people what happens: a file, or standard error. Safe for threads.</summary>
internal sealed class DaemonLog(string name, string? path) : IDisposable
{
    private const int StandardError = 2;
    private readonly Lock _lock = new();
    private TextWriter? _file = Open(path);
    private TextWriter? _standardError;

    /// <summary>Adds a line.</summary>
    internal void Write(string line)
    {
        lock (_lock)
        {
            (_file ?? (_standardError ??= OpenStandardError())).WriteLine($"{name}: {line}");
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

    // Not the console's, which keeps a duplicate: who waits for the end of a pipe would wait for a daemon that has long let go of it.
    private static StreamWriter OpenStandardError() =>
        new(new FileStream(new SafeFileHandle(StandardError, ownsHandle: false), FileAccess.Write, bufferSize: 0)) { AutoFlush = true };

    private static StreamWriter? Open(string? path) => path is null ? null : new StreamWriter(path, append: true) { AutoFlush = true };
}
