using System;

namespace Sharpen.Xen.Store;

/// <summary>Changes that happen all at once or not at all. Disposing it uncommitted drops them.</summary>
public sealed class StoreTransaction : IDisposable
{
    private readonly StoreClient _owner;
    private bool _ended;

    internal StoreTransaction(StoreClient owner, uint id)
    {
        _owner = owner;
        Id = id;
    }

    /// <summary>What the store calls it.</summary>
    public uint Id { get; }

    /// <summary>Makes its changes visible.</summary>
    /// <returns>False when somebody else changed what this one looked at: nothing was done, and it can be tried from the start.</returns>
    public bool TryCommit()
    {
        _ended = true;
        return _owner.End(Id, commit: true);
    }

    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        try
        {
            _ = _owner.End(Id, commit: false);
        }
        catch (XenException)
        {
            // The store is gone, and the transaction with it.
        }
    }
}
