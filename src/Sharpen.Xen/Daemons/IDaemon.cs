using System;

namespace Sharpen.Xen.Daemons;

/// <summary>What a daemon does once it is on its way; <see cref="Daemon"/> does the rest.</summary>
public interface IDaemon : IDisposable
{
    /// <summary>Serves until <see cref="Stop"/>.</summary>
    void Run();

    /// <summary>Ends <see cref="Run"/>; from any thread.</summary>
    void Stop();

    /// <summary>Opens its logs anew; from any thread.</summary>
    void ReopenLogs();
}
