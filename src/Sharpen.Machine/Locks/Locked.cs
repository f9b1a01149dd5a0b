namespace Sharpen.Machine.Locks;

/// <summary>Proof that a lock of this rank is held; disposing it releases the lock.</summary>
/// <typeparam name="TRank">Which lock.</typeparam>
public readonly ref struct Locked<TRank>
{
    private readonly ref TicketLock _lock;
    private readonly bool _owned;

    internal Locked(ref TicketLock ticket, bool isOwned = true)
    {
        _lock = ref ticket;
        _owned = isOwned;
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        if (_owned)
        {
            _lock.Release();
        }
    }
}
