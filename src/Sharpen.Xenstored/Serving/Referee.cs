using System;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;

namespace Sharpen.Xenstored.Serving;

/// <summary>Has an engine do requests, in an order in which nobody starves by others' transactions.</summary>
/// <param name="engine">What does them.</param>
/// <param name="clock">Milliseconds that never go back; asked only when somebody is in conflict.</param>
public sealed class Referee(StoreEngine engine, Func<long> clock)
{
    private readonly Favour _favour = new();
    private readonly TransactionLine _line = new();

    /// <summary>Whether a client is alone with the store.</summary>
    public bool IsFavouring => _favour.Favoured is not null;

    /// <summary>Who may begin the transaction that it waits for, and should get a turn; null: nobody.</summary>
    public Client? Next => _line.HasWaiting ? _line.Next(clock()) : null;

    /// <summary>How long to wait for what happens by itself, at most; -1: nothing does.</summary>
    public int MostWait => _line.HasWaiting ? _line.MostWait(clock()) : -1;

    /// <summary>Does a request. The beginning of a transaction may have to wait: then it is kept with the client, without an answer.</summary>
    public void Handle(Client client, in StoreHeader header, ReadOnlySpan<byte> payload)
    {
        if (header is { Type: StoreMessage.TransactionStart, Transaction: 0 } && client.InLineUntil != long.MinValue)
        {
            long now = clock();
            if (!_line.MustWait(client, in header, now))
            {
                Begin(client, in header, now);
            }

            return;
        }

        int conflicts = client.Conflicts;
        engine.Handle(client, in header, payload);
        if (client.Conflicts > 0 || _favour.Favoured == client)
        {
            long now = clock();
            if (client.Conflicts > conflicts)
            {
                TransactionLine.Conflicted(client, now);
            }

            _favour.Look(client, now);
        }
    }

    /// <summary>Begins the transaction that a client waits for, when it is its turn.</summary>
    /// <returns>Whether it was.</returns>
    public bool Unpark(Client client)
    {
        long now = clock();
        bool may = _line.MayBegin(client, now);
        if (may)
        {
            StoreHeader header = _line.Take(client, now);
            Begin(client, in header, now);
        }

        return may;
    }

    /// <summary>Has a client wait with what it asked for before.</summary>
    public void Park(Client client, ReadOnlySpan<uint> requests)
    {
        foreach (uint request in requests)
        {
            _line.Add(client, new StoreHeader { Type = StoreMessage.TransactionStart, Request = request });
        }
    }

    /// <summary>Whether a client must wait with everything, since another is alone with the store.</summary>
    public bool Holds(Client client) => IsFavouring && _favour.Holds(client, clock());

    /// <summary>A client is gone.</summary>
    public void Forget(Client client) => _favour.Forget(client);

    private void Begin(Client client, in StoreHeader header, long now)
    {
        engine.Handle(client, in header, []);
        _line.Began(client, client.LastTransaction, now);
        _favour.Look(client, now);
    }
}
