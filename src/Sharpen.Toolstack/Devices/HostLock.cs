using System;
using System.IO;
using System.Threading;

namespace Sharpen.Toolstack.Devices;

/// <summary>Held by one process of this host at a time, and given back with its end, however that comes.</summary>
public sealed class HostLock : IDisposable
{
    private const string Folder = "/run/xen";
    private const int PauseMs = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly FileStream _held;

    private HostLock(FileStream held) => _held = held;

    /// <summary>Waits until nobody else holds it.</summary>
    /// <param name="name">Which.</param>
    /// <exception cref="DeviceException">That takes too long.</exception>
    public static HostLock Take(string name)
    {
        Directory.CreateDirectory(Folder);
        string path = $"{Folder}/{name}.lock";
        long until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new HostLock(new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 }));
            }
            catch (IOException exception)
            {
                if (Environment.TickCount64 > until)
                {
                    throw new DeviceException($"another process holds {path} for too long: {exception.Message}", exception);
                }

                Thread.Sleep(PauseMs);
            }
        }
    }

    public void Dispose() => _held.Dispose();
}
