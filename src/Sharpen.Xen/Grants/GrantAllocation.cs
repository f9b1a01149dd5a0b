using System;
using System.Collections.Generic;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Grants;

/// <summary>Pages of this domain that another may map, until disposed.</summary>
public sealed class GrantAllocation : IDisposable
{
    private readonly GrantAllocator _owner;
    private readonly ulong _offset;
    private bool _disposed;

    internal GrantAllocation(GrantAllocator owner, MappedMemory memory, ulong offset, IReadOnlyList<GrantReference> grants)
    {
        _owner = owner;
        _offset = offset;
        Memory = memory;
        Grants = grants;
    }

    /// <summary>The pages.</summary>
    public MappedMemory Memory { get; }

    /// <summary>One for each page, for the other domain to map by.</summary>
    public IReadOnlyList<GrantReference> Grants { get; }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Memory.Dispose();
        _owner.Free(_offset, Grants.Count);
    }
}
