using System.Collections.Generic;
using Sharpen.Machine.Time;

namespace Sharpen.Simulation.Core;

/// <summary>What guests know of each other: ports on offer, and events that were sent and not yet taken.</summary>
internal sealed class Channels
{
    private readonly Dictionary<ushort, uint> _offers = [];
    private readonly Dictionary<ushort, Instant> _sent = [];
    private readonly HashSet<ushort> _connected = [];

    /// <summary>The longest time that an event was under way.</summary>
    public Duration Slowest { get; private set; }

    /// <summary>True once the domain listens to a channel that has two ends.</summary>
    public bool IsConnected(ushort domain) => _connected.Contains(domain);

    /// <summary>Both ends are there and listen.</summary>
    public void Connect(ushort one, ushort two)
    {
        _connected.Add(one);
        _connected.Add(two);
    }

    /// <summary>The domain stops, or is gone: nothing is owed to it any more.</summary>
    public void Forget(ushort domain)
    {
        _connected.Remove(domain);
        _sent.Remove(domain);
    }

    /// <summary>A port that waits for the domain's partner.</summary>
    public void Offer(ushort owner, uint port) => _offers[owner] = port;

    /// <summary>Takes the partner's offer, if there is one.</summary>
    public bool TryTake(ushort owner, out uint port) => _offers.Remove(owner, out port);

    /// <summary>An event for that domain is under way.</summary>
    public void Send(ushort to, Instant now) => _sent.TryAdd(to, now);

    /// <summary>The domain has taken its events, or is gone.</summary>
    public void Take(ushort by, Instant now)
    {
        if (_sent.Remove(by, out Instant since) && (now - since) > Slowest)
        {
            Slowest = now - since;
        }
    }

    /// <summary>How long an event for that domain has been under way.</summary>
    public Duration Waiting(ushort by, Instant now) => _sent.TryGetValue(by, out Instant since) ? now - since : default;
}
