using System;
using System.Collections.Generic;
using System.IO;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Control;
using Sharpen.Xen.Daemons;
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
internal sealed partial class StoreServer : IRings, IServing, IDaemon
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
    private readonly Referee _referee;
    private readonly StateFile _state;
    private readonly StoreEngine _engine;
    private readonly LocalListener _listener;
    private readonly EventDevice? _events;
    private readonly GrantDevice? _grants;
    private readonly XenControl? _control;
    private KeptState? _before;
    private EventPort _domainEvents;
    private volatile bool _isStopping;

    /// <summary>Becomes what it was before this start, listens, and attaches to the kernel's ring.</summary>
    internal StoreServer(StoreOptions options, Action<string> log)
    {
        _options = options;
        _log = log;
        _state = StateFile.Create(options.StatePath);
        _engine = new StoreEngine(options.Quotas, this, _state) { Print = log };
        _referee = new Referee(_engine, static () => Environment.TickCount64);
        if (!options.WithoutDomains)
        {
            _events = EventDevice.Open();
            _control = XenControl.Open();
            _grants = TryOpen(GrantDevice.Open);
        }

        FileHandle? left = Succession.TakeFile();
        Restore(left is not null);
        _listener = left is null ? LocalListener.Listen(options.SocketPath) : new LocalListener(left, options.SocketPath);
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
    public void Run()
    {
        Span<ulong> marks = stackalloc ulong[64];
        while (!_isStopping)
        {
            int count = _poller.Wait(marks, MostWait());
            foreach (ulong mark in marks[..count])
            {
                Wake(mark);
            }

            for (int turns = Math.Max(1, _ready.Count); turns > 0; turns--)
            {
                Serve();
                if (_engine.Update.Asker is not null)
                {
                    GiveWay();
                }

                if (_referee.Next is { } next)
                {
                    Ready(next);
                }
            }
        }
    }

    private int MostWait() => _ready.Count == 0 ? _referee.MostWait : _referee.IsFavouring ? 1 : 0;

    /// <summary>Gives who stands first its turn; what it is told meanwhile it says in that turn.</summary>
    private void Serve()
    {
        if (!_ready.TryDequeue(out Link? link) || link.IsClosed)
        {
            return;
        }

        bool isMore = _referee.Holds(link.Client) || link.Turn();
        link.IsQueued = false;
        if (isMore && !link.IsClosed)
        {
            Ready(link);
        }
    }

    /// <summary>Ends <see cref="Run"/>; from any thread.</summary>
    public void Stop()
    {
        _isStopping = true;
        _stop.Post();
    }

    /// <summary>It has none of its own.</summary>
    public void ReopenLogs()
    {
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
        if (_engine.IsTracing)
        {
            _log($"client {client.Number} (d{client.Actor.Domain}): {header.Type}, transaction {header.Transaction}, {header.Length} bytes");
        }

        _referee.Handle(client, in header, payload);
    }

    public bool Unpark(Client client) => _referee.Unpark(client);

    public void Keep(RingLink link)
    {
        link.Keep(_state);
        _state.Commit();
    }

    public void Commit() => _state.Commit();

    public void Reset(Client client)
    {
        Handle(client, new StoreHeader { Type = StoreMessage.ResetWatches }, []);
        client.Output.Clear();
    }

    public void Log(string line) => _log(line);

    public void Close(SocketLink link)
    {
        link.IsClosed = true;
        _poller.Forget(link.Stream.Handle);
        link.Stream.Dispose();
        _ = _links.Remove(link.Client);
        _referee.Forget(link.Client);
        _ = _sockets.Remove((ulong)link.Client.Number + StopMark);
        _engine.Disconnect(link.Client);
    }

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

    private void Restore(bool isHeir)
    {
        _before = _options.KeepsNothing && !isHeir ? null : RestoreState();
        if (_before is not null)
        {
            _engine.Resume();
            _log($"went on with {_engine.Domains.Count} domains");
        }

        foreach (ProgramState program in isHeir && _before is not null ? _before.Programs : [])
        {
            GoOn(program);
        }

        _before = null;
        _state.DumpAll = Dump;
        _state.Rewrite();
    }

    private KeptState? RestoreState()
    {
        try
        {
            return StateFile.Restore(_options.StatePath, _engine);
        }
        catch (InvalidDataException damage)
        {
            throw new IOException($"{_options.StatePath} is damaged ({damage.Message}): move it away to begin with an empty store", damage);
        }
    }

    private void Dump(StateFile state)
    {
        _engine.Dump(state);
        foreach (RingLink link in _rings.Values)
        {
            link.Keep(state);
        }
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
        if (_listener.Accept() is { } stream)
        {
            Ready(Link(_engine.Connect(), stream));
        }
    }

    private SocketLink Link(Client client, ByteStream stream)
    {
        SocketLink link = new(this, client, stream);
        _links.Add(client, link);
        ulong mark = (ulong)client.Number + StopMark;
        _sockets.Add(mark, link);
        client.Touched = Ready;
        _poller.Watch(stream.Handle, mark, edge: true);
        return link;
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
