using System.Collections.Generic;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;

namespace Sharpen.Xenstored.Serving;

/// <summary>
/// Has transactions that would conflict come one after another: a client of which one conflicted lately begins the next when those before
/// it in line are over. So of many that want the same node each gets it in turn, and none tries in vain again and again. Whoever takes too
/// long loses the place, and gets none for a while; who has not conflicted is never held.
/// </summary>
public sealed class TransactionLine
{
    /// <summary>Milliseconds after a conflict in which a client stands in line.</summary>
    public const long Lately = 200;

    /// <summary>Milliseconds that a transaction may hold others.</summary>
    public const long Turn = 50;

    /// <summary>Milliseconds without a place for who took too long.</summary>
    public const long Penalty = 1000;

    private const int MostParked = 1024;
    private const int MostParkedOfDomain = 16;

    private readonly Queue<Client> _waiting = new();
    private Client? _holder;
    private Client? _offered;
    private uint _transaction;
    private long _until;

    /// <summary>Whether somebody waits.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>How long to wait for what happens by itself, at most.</summary>
    /// <returns>Milliseconds; -1: nothing does.</returns>
    public int MostWait(long now) => !HasWaiting ? -1 : _until > now ? (int)(_until - now) : (int)Turn;

    /// <summary>A client's transaction conflicted.</summary>
    public static void Conflicted(Client client, long now) => client.InLineUntil = now + Lately;

    /// <summary>A client wants to begin a transaction.</summary>
    /// <param name="client">Who.</param>
    /// <param name="request">Its request; kept with the client when it waits.</param>
    /// <param name="now">Milliseconds of a clock that never goes back.</param>
    /// <returns>Whether it waits.</returns>
    public bool MustWait(Client client, in StoreHeader request, long now)
    {
        // A program at the socket waits for one answer at a time: it cannot wait for itself.
        if (!StandsInLine(client, now) || (IsFree(now) && !HasWaiting) || (_holder == client && !client.IsRing)
            || client.Parked.Count >= (client.Actor.IsPrivileged ? MostParked : MostParkedOfDomain))
        {
            return false;
        }

        client.InLineUntil = now + Lately;
        Add(client, in request);
        return true;
    }

    /// <summary>Lets a beginning wait, as it did before.</summary>
    public void Add(Client client, in StoreHeader request)
    {
        client.Parked.Enqueue(request);
        _waiting.Enqueue(client);
    }

    /// <summary>A client's transaction began; it has the place, if nobody else has.</summary>
    public void Began(Client client, uint transaction, long now)
    {
        if (IsFree(now) && StandsInLine(client, now))
        {
            (_holder, _transaction, _until) = (client, transaction, now + Turn);
        }
    }

    /// <summary>Whether a client may begin what it waits for.</summary>
    public bool MayBegin(Client client, long now) => client.Parked.Count > 0 && (now < client.OutOfLineUntil || Next(now) == client);

    /// <summary>Who may begin what it waits for; null: nobody now. Who was named and does not begin loses the place too.</summary>
    public Client? Next(long now)
    {
        for (int tries = _waiting.Count; tries > 0 && IsFree(now); tries--)
        {
            Client next = _waiting.Peek();
            if (next == _offered && now >= _until)
            {
                next.OutOfLineUntil = now + Penalty;
                _offered = null;
            }

            if (next.Parked.Count > 0 && now >= next.OutOfLineUntil)
            {
                (_offered, _until) = (next, next == _offered ? _until : now + Turn);
                return next;
            }

            _ = _waiting.Dequeue();
            if (next.Parked.Count > 0)
            {
                _waiting.Enqueue(next);
            }
        }

        return null;
    }

    /// <summary>A client that <see cref="MayBegin"/> does.</summary>
    /// <returns>What it asked for.</returns>
    public StoreHeader Take(Client client, long now)
    {
        if (client == _offered)
        {
            _ = _waiting.Dequeue();
            _offered = null;
            client.InLineUntil = now + Lately;
        }

        return client.Parked.Dequeue();
    }

    private static bool StandsInLine(Client client, long now) => now < client.InLineUntil && now >= client.OutOfLineUntil;

    private bool IsFree(long now)
    {
        if (_holder is not null && !_holder.Transactions.ContainsKey(_transaction))
        {
            _holder = null;
        }

        if (_holder is not null && now >= _until)
        {
            _holder.OutOfLineUntil = now + Penalty;
            _holder = null;
        }

        return _holder is null;
    }
}
