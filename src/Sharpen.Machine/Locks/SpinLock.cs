using System.Diagnostics.CodeAnalysis;

namespace Sharpen.Machine.Locks;

/// <summary>A ticket lock whose place in the order of locks is part of its type.</summary>
/// <typeparam name="TRank">The place, declared in Ranks.cs.</typeparam>
public struct SpinLock<TRank>
{
    private TicketLock _ticket;

    /// <summary>Waits for the lock. What is held already must be ranked before it.</summary>
    [UnscopedRef]
    public Locked<TRank> Enter<TOuter>(scoped in Locked<TOuter> outer)
        where TOuter : IBefore<TRank>
    {
        _ = outer;
        _ticket.Acquire();
        return new Locked<TRank>(ref _ticket);
    }

    /// <summary>For a panic only, when no other CPU runs: forgets every holder and waiter.</summary>
    public void BreakForPanic() => _ticket.Break();

    /// <summary>True while some CPU is inside.</summary>
    public readonly bool IsHeld => _ticket.IsHeld;

    /// <summary>Waits for two locks of this rank, the one with the lower number first: the caller passes them in that order.</summary>
    public static LockedPair<TRank> EnterBoth<TOuter>(ref SpinLock<TRank> lower, ref SpinLock<TRank> higher, scoped in Locked<TOuter> outer)
        where TOuter : IBefore<TRank>
    {
        _ = outer;
        lower._ticket.Acquire();
        higher._ticket.Acquire();
        return new LockedPair<TRank>(ref lower._ticket, ref higher._ticket);
    }
}
