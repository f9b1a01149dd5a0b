using System;
using System.Collections.Generic;
using System.Text;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <summary>
/// Somebody who asks: a program at the socket, or a domain at its ring. What waits to be sent is bounded: answers, since a client with
/// unsent answers is not heard; events, since each happens once in the queue and too many become one for each watch, of its own path.
/// </summary>
public sealed class Client
{
    private const int MostEvents = 1024;
    private const int MostEventBytes = 128 * 1024;
    private const int MostBeforeAnswer = 1024;
    private readonly HashSet<PendingEvent> _waiting = [];
    private Queue<PendingEvent> _events = new();
    private int _eventBytes;

    internal Client(int number, Actor actor, bool isRing)
    {
        Number = number;
        Actor = actor;
        IsRing = isRing;
    }

    /// <summary>Tells it from others, for the log.</summary>
    public int Number { get; }

    /// <summary>As whom it asks.</summary>
    public Actor Actor { get; internal set; }

    /// <summary>Whether it is a domain at its ring.</summary>
    public bool IsRing { get; }

    /// <summary>Its watches by path and token.</summary>
    public Dictionary<(string Path, string Token), Watch> Watches { get; } = [];

    /// <summary>Its open transactions.</summary>
    public Dictionary<uint, Transaction> Transactions { get; } = [];

    /// <summary>Answers, and events that <see cref="PullEvents"/> added. Whoever sends it empties it.</summary>
    public MessageBuffer Output { get; } = new();

    /// <summary>Whether there is something to send.</summary>
    public bool HasOutput => Output.Length > 0 || _events.Count > 0;

    /// <summary>Beginnings of transactions that wait until those before them in line are over: their requests, without an answer yet.</summary>
    public Queue<StoreHeader> Parked { get; } = new();

    /// <summary>Until when its transactions come one after another with others', since one conflicted; milliseconds of the server's clock.</summary>
    public long InLineUntil { get; internal set; } = long.MinValue;

    /// <summary>Until when its transactions have no place in line, since one took too long.</summary>
    public long OutOfLineUntil { get; internal set; } = long.MinValue;

    /// <summary>How many events wait.</summary>
    public int Events => _events.Count;

    /// <summary>Bytes held for it, about.</summary>
    public int Memory
    {
        get
        {
            int bytes = _eventBytes;
            foreach (Watch watch in Watches.Values)
            {
                bytes += watch.Memory;
            }

            foreach (Transaction transaction in Transactions.Values)
            {
                bytes += transaction.Memory;
            }

            return bytes;
        }
    }

    /// <summary>How many of its transactions conflicted since one did not.</summary>
    public int Conflicts { get; internal set; }

    internal uint LastTransaction { get; set; }

    /// <summary>Is told when the first event waits to be sent; answers are sent in the turn that asked for them.</summary>
    public Action<Client>? Touched { get; set; }

    /// <summary>Puts events behind the answers.</summary>
    /// <param name="bytes">Stops when the output has so many.</param>
    /// <returns>Whether there was one.</returns>
    public bool PullEvents(int bytes)
    {
        bool any = false;
        while (Output.Length < bytes && _events.TryDequeue(out PendingEvent happened))
        {
            any = true;
            _ = _waiting.Remove(happened);
            _eventBytes -= happened.Path.Length;
            Add(happened);
        }

        return any;
    }

    internal void Answer(in StoreHeader request, StoreMessage type, ReadOnlySpan<byte> payload) => payload.CopyTo(Answer(in request, type, payload.Length));

    /// <summary>Begins an answer, behind the events of what was asked: a client hears of its own change before it hears that it was made, as
    /// from Debian's daemon. Where that is much, the rest comes behind.</summary>
    /// <returns>Room for what it says.</returns>
    internal Span<byte> Answer(scoped in StoreHeader request, StoreMessage type, int length)
    {
        _ = _events.Count > 0 && PullEvents(MostBeforeAnswer);
        StoreHeader header = new() { Type = type, Request = request.Request, Transaction = request.Transaction, Length = (uint)length };
        return Output.Add(in header);
    }

    internal void Tell(Watch watch, string path)
    {
        PendingEvent happened = new(watch, path);
        if (!_waiting.Add(happened))
        {
            return;
        }

        _events.Enqueue(happened);
        _eventBytes += path.Length;
        if (_events.Count == 1)
        {
            Touched?.Invoke(this);
        }

        if (_events.Count > Math.Max(MostEvents, 2 * Watches.Count) || _eventBytes > Math.Max(MostEventBytes, Watches.Count * StorePath.LongestAbsolute))
        {
            Keep(static (watch, _) => watch.Path);
        }
    }

    /// <summary>Forgets the events of a watch that is no more.</summary>
    internal void Forget(Watch watch) => Keep((other, path) => ReferenceEquals(other, watch) ? null : path);

    internal void ForgetEvents() => Keep(static (_, _) => null);

    private void Keep(Func<Watch, string, string?> choose)
    {
        Queue<PendingEvent> all = _events;
        _events = new Queue<PendingEvent>();
        _waiting.Clear();
        _eventBytes = 0;
        foreach (PendingEvent happened in all)
        {
            if (choose(happened.Watch, happened.Path) is { } path && _waiting.Add(happened with { Path = path }))
            {
                _events.Enqueue(happened with { Path = path });
                _eventBytes += path.Length;
            }
        }
    }

    private void Add(PendingEvent happened)
    {
        ReadOnlySpan<char> path = happened.Path.AsSpan(Math.Min(happened.Watch.Hidden, happened.Path.Length));
        string token = happened.Watch.Token;
        StoreHeader header = new() { Type = StoreMessage.WatchEvent, Length = (uint)(path.Length + token.Length + 2) };
        Span<byte> text = Output.Add(in header);
        _ = Encoding.Latin1.GetBytes(path, text);
        text[path.Length] = 0;
        _ = Encoding.Latin1.GetBytes(token, text[(path.Length + 1)..]);
        text[^1] = 0;
    }
}
