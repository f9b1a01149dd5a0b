using System;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Control;
using Sharpen.Xen.Events;
using Sharpen.Xen.Grants;
using Sharpen.Xen.Native;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Keeping;

namespace Sharpen.Xenstored.Serving;

/// <summary>
/// Serves all clients by one thread. Whoever has something to do stands in a queue and gets one turn at a time, so that nobody slows
/// another by asking much.
/// </summary>
internal sealed class StoreServer : IRings, IServing, IDisposable
{
    private const ulong ListenerMark = 0;
    private const ulong EventMark = 1;
    private const ulong StopMark = 2;
    private const uint StoreGrant = 1;

    private readonly StoreOptions _options;
    private readonly Action<string> _log;
    private readonly Poller _poller = new();
    private readonly Signal _stop = new();
    private readonly Queue<Link> _ready = new();
    private readonly Dictionary<Client, Link> _links = [];
    private readonly Dictionary<ulong, SocketLink> _sockets = [];
    private readonly Dictionary<EventPort, RingLink> _rings = [];
    private readonly Favour _favour = new();
    private readonly StateFile _state;
    private readonly StoreEngine _engine;
    private readonly LocalListener _listener;
    private readonly EventDevice? _events;
    private readonly GrantDevice? _grants;
    private readonly XenControl? _control;
    private Dictionary<ushort, StreamState>? _before;
    private EventPort _domainEvents;
    private volatile bool _isStopping;

    /// <summary>Becomes what it was before this start, listens, and attaches to the kernel's ring.</summary>
    internal StoreServer(StoreOptions options, Action<string> log)
    {
        _options = options;
        _log = log;
        _state = StateFile.Create(options.StatePath);
        _engine = new StoreEngine(options.Quotas, this, _state) { Print = log };
        if (!options.WithoutDomains)
        {
            _events = EventDevice.Open();
            _control = XenControl.Open();
            _grants = TryOpen(GrantDevice.Open);
        }

        Restore();
        _listener = LocalListener.Listen(options.SocketPath);
        _poller.Watch(_listener.Handle, ListenerMark, edge: false);
        _poller.Watch(_stop.Handle, StopMark, edge: false);
        if (_events is not null)
        {
            _poller.Watch(_events.Handle, EventMark, edge: false);
            _domainEvents = _events.Bind(Virq.DomainException);
            IntroduceControl();
            CheckDomains();
        }

        foreach (Client client in _engine.Clients)
        {
            client.Touched = Ready;
        }
    }

    /// <summary>Serves until <see cref="Stop"/>.</summary>
    internal void Run()
    {
        Span<ulong> marks = stackalloc ulong[64];
        while (!_isStopping)
        {
            int count = _poller.Wait(marks, _ready.Count == 0 ? -1 : _favour.Favoured is null ? 0 : 1);
            foreach (ulong mark in marks[..count])
            {
                Wake(mark);
            }

            for (int turns = _ready.Count; turns > 0; turns--)
            {
                Link link = _ready.Dequeue();
                link.IsQueued = false;
                if (!link.IsClosed && (IsHeld(link) || link.Turn()))
                {
                    Ready(link);
                }
            }
        }
    }

    /// <summary>Ends <see cref="Run"/>; from any thread.</summary>
    internal void Stop()
    {
        _isStopping = true;
        _stop.Post();
    }

    public Errno Attach(IntroducedDomain domain)
    {
        if (_events is null)
        {
            return Errno.NoSys;
        }

        try
        {
            RingLink? old = _links.GetValueOrDefault(domain.Client) as RingLink;
            if (old is not null)
            {
                Unlink(old);
            }

            IDisposable mapping = MapRing(domain, out MappedMemory page);
            EventPort port = _events.Bind(new DomainId(domain.Id), new EventPort(domain.Port));
            StreamState? before = old?.State ?? (_before is not null && _before.TryGetValue(domain.Id, out StreamState state) ? state : null);
            RingLink link = new(this, domain.Client, mapping, new RingPage(page), port, before);
            domain.Client.Touched = Ready;
            _links.Add(domain.Client, link);
            _rings.Add(port, link);
            Notify(port);
            Ready(link);
            return Errno.None;
        }
        catch (XenException refused)
        {
            _log($"cannot serve d{domain.Id}: {refused.Message}");
            return refused.Error;
        }
    }

    public void Detach(IntroducedDomain domain)
    {
        if (_links.GetValueOrDefault(domain.Client) is RingLink link)
        {
            Unlink(link);
        }
    }

    public void Dispose()
    {
        foreach (Link link in new List<Link>(_links.Values))
        {
            if (link is SocketLink socket)
            {
                Close(socket);
            }
        }

        _listener.Dispose();
        _state.Dispose();
        _events?.Dispose();
        _grants?.Dispose();
        _control?.Dispose();
        _poller.Dispose();
        _stop.Dispose();
    }

    public void Handle(Client client, in StoreHeader header, ReadOnlySpan<byte> payload)
    {
        HandleQuietly(client, in header, payload);
        _state.Commit();
    }

    public void HandleQuietly(Client client, in StoreHeader header, ReadOnlySpan<byte> payload)
    {
        if (_engine.IsTracing)
        {
            _log($"client {client.Number} (d{client.Actor.Domain}): {header.Type}, transaction {header.Transaction}, {header.Length} bytes");
        }

        _engine.Handle(client, in header, payload);
        if (client.Conflicts > 0 || _favour.Favoured == client)
        {
            _favour.Look(client, Environment.TickCount64);
        }
    }

    public void Keep(ushort domain, in StreamState state)
    {
        _state.Stream(domain, in state);
        _state.Commit();
    }

    public void Reset(Client client)
    {
        HandleQuietly(client, new StoreHeader { Type = StoreMessage.ResetWatches }, []);
        while (client.TakeMessage() is not null)
        {
        }
    }

    public void Notify(EventPort port)
    {
        try
        {
            _events!.Notify(port);
        }
        catch (XenException refused)
        {
            _log(refused.Message);
        }
    }

    public void Log(string line) => _log(line);

    public void Close(SocketLink link)
    {
        link.IsClosed = true;
        _poller.Forget(link.Stream.Handle);
        link.Stream.Dispose();
        _ = _links.Remove(link.Client);
        _favour.Forget(link.Client);
        _ = _sockets.Remove((ulong)link.Client.Number + StopMark);
        _engine.Disconnect(link.Client);
    }

    private bool IsHeld(Link link) => _favour.Favoured is not null && _favour.Holds(link.Client, Environment.TickCount64);

    private static T? TryOpen<T>(Func<T> open)
        where T : class
    {
        try
        {
            return open();
        }
        catch (XenException)
        {
            return null;
        }
    }

    private void Restore()
    {
        _before = _options.KeepsNothing ? null : StateFile.Restore(_options.StatePath, _engine);
        if (_before is not null)
        {
            _engine.Resume();
            _log($"went on with {_engine.Domains.Count} domains");
        }

        _before = null;
        _state.DumpAll = Dump;
        _state.Rewrite();
    }

    private void Dump(StateFile state)
    {
        _engine.Dump(state);
        foreach (RingLink link in _rings.Values)
        {
            state.Stream(link.Domain, link.State);
        }
    }

    private void IntroduceControl()
    {
        if (_engine.FindDomain(0) is not null || _options.WithoutControl)
        {
            return;
        }

        StoreBackend.Map(out EventPort port).Dispose();
        Errno error = _engine.IntroduceControl(0, port.Value);
        if (error != Errno.None)
        {
            throw new XenException("serve the kernel's ring", null, error);
        }

        _state.Commit();
    }

    private IDisposable MapRing(IntroducedDomain domain, out MappedMemory page)
    {
        if (domain.Id == 0)
        {
            return page = StoreBackend.Map(out _);
        }

        DomainId id = new(domain.Id);
        try
        {
            return page = _control!.Device.MapForeign(id, [domain.Page]);
        }
        catch (XenException) when (_grants is not null)
        {
            // By its grant the kernel maps it too, but it first makes room for pages that nobody has, which takes as long as making many domains.
            GrantMapping mapping = _grants.Map(id, [new GrantReference(StoreGrant)]);
            page = mapping.Memory;
            return mapping;
        }
    }

    private void Unlink(RingLink link)
    {
        link.IsClosed = true;
        _favour.Forget(link.Client);
        _ = _links.Remove(link.Client);
        _ = _rings.Remove(link.Port);
        link.Client.Touched = null;
        try
        {
            _events!.Unbind(link.Port);
        }
        catch (XenException refused)
        {
            _log(refused.Message);
        }

        link.Unmap();
    }

    private void Wake(ulong mark)
    {
        switch (mark)
        {
            case ListenerMark:
                Accept();
                break;
            case EventMark:
                TakeEvents();
                break;
            case StopMark:
                _stop.Clear();
                break;
            default:
                if (_sockets.TryGetValue(mark, out SocketLink? link))
                {
                    Ready(link);
                }

                break;
        }
    }

    private void Accept()
    {
        if (_listener.Accept() is not { } stream)
        {
            return;
        }

        Client client = _engine.Connect();
        SocketLink link = new(this, client, stream);
        _links.Add(client, link);
        ulong mark = (ulong)client.Number + StopMark;
        _sockets.Add(mark, link);
        client.Touched = Ready;
        _poller.Watch(stream.Handle, mark, edge: true);
        Ready(link);
    }

    private void TakeEvents()
    {
        Span<EventPort> ports = stackalloc EventPort[64];
        int count = _events!.Take(ports);
        foreach (EventPort port in ports[..count])
        {
            _events.Unmask(port);
            if (port == _domainEvents)
            {
                CheckDomains();
            }
            else if (_rings.TryGetValue(port, out RingLink? link))
            {
                Ready(link);
            }
        }
    }

    /// <summary>Looks which domains stopped or are gone.</summary>
    private void CheckDomains()
    {
        Dictionary<ushort, DomainInfo> there = [];
        foreach (DomainInfo info in _control!.Domains.List())
        {
            there[info.Domain] = info;
        }

        foreach (IntroducedDomain domain in new List<IntroducedDomain>(_engine.Domains))
        {
            bool isThere = there.TryGetValue(domain.Id, out DomainInfo info);
            if (domain.Id != 0 && (!isThere || (info.State & DomainState.Dying) != 0))
            {
                _engine.Gone(domain.Id);
            }
            else if (domain.Id != 0 && (info.State & DomainState.Shutdown) != 0)
            {
                _engine.StoppedRunning(domain.Id);
            }
        }

        _state.Commit();
    }

    private void Ready(Client client)
    {
        if (_links.TryGetValue(client, out Link? link))
        {
            Ready(link);
        }
    }

    private void Ready(Link link)
    {
        if (!link.IsQueued)
        {
            link.IsQueued = true;
            _ready.Enqueue(link);
        }
    }
}
