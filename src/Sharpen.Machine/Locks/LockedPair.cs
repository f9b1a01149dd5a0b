namespace Sharpen.Machine.Locks;

/// <summary>Proof that two locks of one rank are held; disposing it releases both.</summary>
/// <typeparam name="TRank">Which kind of lock.</typeparam>
public readonly ref struct LockedPair<TRank>
{
    private readonly ref TicketLock _lower;
    private readonly ref TicketLock _higher;

    internal LockedPair(ref TicketLock lower, ref TicketLock higher)
    {
        _lower = ref lower;
        _higher = ref higher;
    }

    /// <summary>The same proof for what needs one of them; it ends with the pair.</summary>
    public Locked<TRank> Either => new(ref _lower, isOwned: false);

    /// <summary>Releases both.</summary>
    public void Dispose()
    {
        _higher.Release();
        _lower.Release();
    }
}
