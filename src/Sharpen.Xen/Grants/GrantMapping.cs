using System;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Grants;

/// <summary>Pages that another domain grants, mapped here. Disposing gives them back.</summary>
public sealed class GrantMapping : IDisposable
{
    private const uint ClearByte = 1;
    private const uint SendEvent = 2;
    private readonly GrantDevice _owner;
    private readonly ulong _offset;
    private bool _disposed;

    internal GrantMapping(GrantDevice owner, MappedMemory memory, ulong offset)
    {
        _owner = owner;
        Memory = memory;
        _offset = offset;
    }

    /// <summary>The pages.</summary>
    public MappedMemory Memory { get; }

    /// <summary>When this is unmapped, be it by this program's death, a byte is cleared and a port notified.</summary>
    /// <param name="clearedByte">Offset of the byte; negative: none.</param>
    /// <param name="port">The port; 0: none.</param>
    public void NotifyOnUnmap(int clearedByte, EventPort port)
    {
        uint action = (clearedByte >= 0 ? ClearByte : 0) | (port.Value != 0 ? SendEvent : 0);
        _owner.NotifyOnUnmap(_offset + (ulong)Math.Max(clearedByte, 0), action, port);
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        int pages = Memory.Length / 4096;
        Memory.Dispose();
        _owner.Forget(_offset, pages);
    }
}
