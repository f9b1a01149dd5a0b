using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Serving;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

/// <summary>Clients that count in the same node by transactions, in any order of their steps: none starves, and no count is lost.</summary>
public sealed class ConflictTests
{
    private const int Clients = 64;
    private const int Turns = 5;
    private readonly StoreWorld _world = new();
    private readonly Referee _referee;
    private long _now = 1000;

    public ConflictTests() => _referee = new Referee(_world.Engine, () => _now);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Many_domains_count_and_none_starves(int seed) => Count(seed, Enumerable.Range(1, Clients).Select(id => _world.AddDomain((ushort)id)));

    /// <summary>As when programs of a domain ask through its kernel.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Many_at_one_ring_count_and_none_starves(int seed)
    {
        _ = _world.Engine.IntroduceControl(0, 5);
        Count(seed, Enumerable.Repeat(_world.Engine.FindDomain(0)!.Client, Clients));
    }

    [Fact]
    public void Who_has_not_conflicted_never_waits()
    {
        (Client first, Client second, Client other) = (_world.AddDomain(1), _world.AddDomain(2), _world.AddDomain(3));
        Conflict(first);
        Conflict(second);
        Begin(first);
        Begin(second);
        Begin(other);
        Assert.Equal((0, 1, 0), (first.Parked.Count, second.Parked.Count, other.Parked.Count));
    }

    [Fact]
    public void Who_takes_too_long_loses_the_place()
    {
        (Client first, Client second) = (_world.AddDomain(1), _world.AddDomain(2));
        Conflict(first);
        Conflict(second);
        Begin(first);
        Begin(second);
        Assert.Null(_referee.Next);
        Assert.Equal(TransactionLine.Turn, _referee.MostWait);
        _now += TransactionLine.Turn;
        Assert.Same(second, _referee.Next);
        Assert.True(_referee.Unpark(second));
        Conflict(first);
        Begin(first);
        Assert.Empty(first.Parked);
    }

    /// <summary>A domain whose ring of answers is full gets no turn, and holds nobody for long.</summary>
    [Fact]
    public void Who_does_not_listen_loses_the_place()
    {
        Client[] clients = [.. Enumerable.Range(1, 3).Select(id => _world.AddDomain((ushort)id))];
        Array.ForEach(clients, Conflict);
        Array.ForEach(clients, Begin);
        End(clients[0]);
        Assert.Same(clients[1], _referee.Next);
        _now += TransactionLine.Turn;
        Assert.Same(clients[2], _referee.Next);
        Assert.True(_referee.Unpark(clients[2]));
        Assert.True(_referee.Unpark(clients[1]));
        End(clients[2]);
        Assert.Null(_referee.Next);
        Assert.Equal(-1, _referee.MostWait);
    }

    [Fact]
    public void What_a_client_that_is_gone_waited_for_is_forgotten()
    {
        (Client first, Client second) = (_world.AddDomain(1), _world.AddDomain(2));
        Conflict(first);
        Conflict(second);
        Begin(first);
        Begin(second);
        _world.Engine.Gone(2);
        End(first);
        Assert.Null(_referee.Next);
        Assert.Equal(-1, _referee.MostWait);
    }

    private void Count(int seed, IEnumerable<Client> clients)
    {
        _ = _world.Write(_world.Control, "/counter", "0");
        _ = _world.Ask(_world.Control, StoreMessage.SetPermissions, "/counter\0b0\0");
        Random random = new(seed);
        List<Counter> counters = [.. clients.Select(static (client, number) => new Counter(client, (uint)number + 1))];
        _ = _world.Engine.Quotas.TrySet("transactions", Clients);
        List<Counter> busy = [.. counters];
        foreach (Counter counter in counters)
        {
            Begin(counter);
            Deliver(counters, counter.Client);
        }

        for (int steps = 0; busy.Count > 0; steps++)
        {
            Assert.True(steps < 1_000_000, "somebody waits for ever");
            Counter counter = busy[random.Next(busy.Count)];
            _now += random.Next(20) == 0 ? 1 : 0;
            while (_referee.Next is { } next)
            {
                Assert.True(_referee.Unpark(next));
                Deliver(counters, next);
            }

            Step(counter, counters);
            _ = counter.Left == 0 && busy.Remove(counter);
        }

        Assert.Equal($"{Clients * Turns}", _world.Read(_world.Control, "/counter"));
        Assert.InRange(counters.Max(static counter => counter.MostTries), 1, 6);
        Assert.InRange(counters.Sum(static counter => counter.Tries), Clients * Turns, Clients * Turns * 2);
    }

    private void Step(Counter counter, List<Counter> counters)
    {
        if (counter.Transaction == 0)
        {
            return;
        }

        switch (counter.Step++)
        {
            case 0:
                Ask(counters, counter, StoreMessage.Read, "/counter\0");
                break;
            case 1:
                int value = int.Parse(counter.Heard, CultureInfo.InvariantCulture) + 1;
                Ask(counters, counter, StoreMessage.Write, $"/counter\0{value}");
                break;
            default:
                Ask(counters, counter, StoreMessage.TransactionEnd, "T\0");
                counter.End();
                if (counter.Left > 0)
                {
                    Begin(counter);
                    Deliver(counters, counter.Client);
                }

                break;
        }
    }

    private void Begin(Counter counter)
    {
        counter.Tries++;
        counter.TriesNow++;
        _referee.Handle(counter.Client, new StoreHeader { Type = StoreMessage.TransactionStart, Request = counter.Number }, "\0"u8);
    }

    private void Ask(List<Counter> counters, Counter counter, StoreMessage type, string payload)
    {
        StoreHeader header = new() { Type = type, Request = counter.Number, Transaction = counter.Transaction };
        _referee.Handle(counter.Client, in header, Encoding.Latin1.GetBytes(payload));
        Deliver(counters, counter.Client);
    }

    private static void Deliver(List<Counter> counters, Client client)
    {
        while (StoreWorld.TakeMessage(client) is { } message)
        {
            StoreHeader header = System.Runtime.InteropServices.MemoryMarshal.Read<StoreHeader>(message);
            counters[(int)header.Request - 1].Hear(header.Type, Encoding.Latin1.GetString(message.AsSpan(StoreHeader.Size)).TrimEnd('\0'));
        }
    }

    private void Conflict(Client client)
    {
        uint transaction = _world.Begin(client);
        _ = _world.Read(client, "/x", transaction);
        _ = _world.Write(_world.Control, "/x", "");
        _ = _world.Ask(_world.Control, StoreMessage.Remove, "/x\0");
        _ = _world.Ask(_world.Control, StoreMessage.SetPermissions, "/\0b0\0");
        _ = _world.Write(_world.Control, "/x", "");
        _referee.Handle(client, new StoreHeader { Type = StoreMessage.TransactionEnd, Transaction = transaction }, "T\0"u8);
        client.Output.Clear();
        _ = _world.Ask(_world.Control, StoreMessage.Remove, "/x\0");
    }

    private void Begin(Client client)
    {
        _referee.Handle(client, new StoreHeader { Type = StoreMessage.TransactionStart }, "\0"u8);
        client.Output.Clear();
    }

    private void End(Client client)
    {
        _referee.Handle(client, new StoreHeader { Type = StoreMessage.TransactionEnd, Transaction = client.Transactions.Keys.Single() }, "T\0"u8);
        client.Output.Clear();
    }

    private sealed class Counter(Client client, uint number)
    {
        internal Client Client => client;

        internal uint Number => number;

        internal uint Transaction { get; private set; }

        internal int Step { get; set; }

        internal int Left { get; private set; } = Turns;

        internal int Tries { get; set; }

        internal int TriesNow { get; set; }

        internal int MostTries { get; private set; }

        internal string Heard { get; private set; } = "";

        internal void Hear(StoreMessage type, string text)
        {
            Heard = text;
            if (type == StoreMessage.TransactionStart)
            {
                Transaction = uint.Parse(text, CultureInfo.InvariantCulture);
            }
        }

        internal void End()
        {
            MostTries = Math.Max(MostTries, TriesNow);
            if (Heard == "OK")
            {
                TriesNow = 0;
                Left--;
            }

            (Transaction, Step) = (0, 0);
        }
    }
}
