using System;

namespace Sharpen.Xen.Native;

/// <summary>Wakes a <see cref="Poller"/> from another thread.</summary>
public sealed class Signal : IDisposable
{
    private readonly WakeUp _wake = new();

    /// <summary>The file, to poll.</summary>
    public FileHandle Handle => _wake.File;

    /// <summary>Wakes it.</summary>
    public void Post() => _wake.Post();

    /// <summary>Lets it sleep again.</summary>
    public void Clear() => _wake.Clear();

    public void Dispose() => _wake.Dispose();
}
