using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Control;
using Sharpen.Xen.Daemons;
using Sharpen.Xen.Events;
using Sharpen.Xen.Grants;
using Sharpen.Xen.Native;
using Sharpen.Xen.Store;
using Sharpen.Xenconsoled.Logs;

namespace Sharpen.Xenconsoled.Serving;

/// <summary>
/// Serves the consoles of all guests by one thread. A guest's event is one turn of at most a ring's bytes; a guest that rings too often
/// stays masked until its period is over.
/// </summary>
internal sealed partial class ConsoleServer : IDaemon
{
    private const ulong StoreMark = 0;
    private const ulong EventMark = 1;
    private const ulong NoticeMark = 2;
    private const ulong StopMark = 3;
    private const ulong FirstConsoleMark = 16;
    private const int RetryMilliseconds = 200;
    private const string DomainsToken = "domains";

    private readonly ConsoleOptions _options;
    private readonly Action<string> _say;
    private readonly Poller _poller = new();
    private readonly Signal _signal = new();
    private readonly OpenNotices _notices = new();
    private readonly EventDevice _events = EventDevice.Open();
    private readonly XenControl _control = XenControl.Open();
    private readonly GrantDevice? _grants;
    private StoreClient _store = StoreClient.Open();
    private readonly Dictionary<ushort, GuestConsole> _consoles = [];
    private readonly Dictionary<EventPort, GuestConsole> _ports = [];
    private readonly Dictionary<int, GuestConsole> _terminals = [];
    private readonly HashSet<GuestConsole> _timed = [];
    private readonly LogFile? _hypervisorLog;
    private EventPort _hypervisorPort;
    private uint _hypervisorIndex;
    private bool _isStoreReady;
    private volatile bool _isStopping;
    private volatile bool _isReopening;

    internal ConsoleServer(ConsoleOptions options, Action<string> say)
    {
        _options = options;
        _say = say;
        _grants = File.Exists("/dev/xen/gntdev") ? GrantDevice.Open() : null;
        _poller.Watch(_events.Handle, EventMark, edge: false);
        _poller.Watch(_notices.Handle, NoticeMark, edge: false);
        _poller.Watch(_signal.Handle, StopMark, edge: false);
        if (options.LogsHypervisor)
        {
            _hypervisorLog = new LogFile(Path.Combine(options.LogFolder, "hypervisor.log"), Settings(options.TimesHypervisor), TimeProvider.System);
            _hypervisorPort = _events.Bind(Virq.ConsoleRing);
            HearHypervisor();
        }

        WatchStore();
    }

    /// <summary>Serves until <see cref="Stop"/>. A store that ends is waited for.</summary>
    public void Run()
    {
        while (!_isStopping)
        {
            try
            {
                Serve();
            }
            catch (XenException ended) when (ended.Error == Errno.NotConn)
            {
                _say(ended.Message);
                Reconnect();
            }
        }
    }

    private void Serve()
    {
        Span<ulong> marks = stackalloc ulong[64];
        while (!_isStopping)
        {
            Tick(Environment.TickCount64);
            // Events of the store may have come with an answer, and then show at no file.
            if (_isStoreReady || _store.HasKept)
            {
                _isStoreReady = false;
                TakeStoreEvents();
            }

            int count = _poller.Wait(marks, MostWait());
            foreach (ulong mark in marks[..count])
            {
                Wake(mark);
            }
        }
    }

    /// <summary>Ends <see cref="Run"/>; from any thread.</summary>
    public void Stop()
    {
        _isStopping = true;
        _signal.Post();
    }

    /// <summary>Has all logs opened anew; from any thread.</summary>
    public void ReopenLogs()
    {
        _isReopening = true;
        _signal.Post();
    }

    public void Dispose()
    {
        foreach (GuestConsole console in _consoles.Values)
        {
            console.Dispose();
        }

        _hypervisorLog?.Dispose();
        _store.Dispose();
        _grants?.Dispose();
        _events.Dispose();
        _control.Dispose();
        _notices.Dispose();
        _signal.Dispose();
        _poller.Dispose();
    }

    private void WatchStore()
    {
        _poller.Watch(_store.Handle, StoreMark, edge: false);
        _store.Watch("@introduceDomain", DomainsToken);
        _store.Watch("@releaseDomain", DomainsToken);
        foreach (GuestConsole console in _consoles.Values)
        {
            _store.Watch($"{Home(console.Domain)}/console", TokenOf(console.Domain));
        }
    }

    private void Reconnect()
    {
        _poller.Forget(_store.Handle);
        _store.Dispose();
        while (!_isStopping)
        {
            Thread.Sleep(RetryMilliseconds);
            try
            {
                _store = StoreClient.Open();
                WatchStore();
                return;
            }
            catch (XenException)
            {
                // It is not there yet.
            }
        }
    }

    private LogSettings Settings(bool hasTimes) => new(hasTimes, _options.ReplacesEscapes, _options.LogBytes, _options.LogsKept);

    private void Wake(ulong mark)
    {
        switch (mark)
        {
            case StoreMark:
                _isStoreReady = true;
                break;
            case EventMark:
                TakeEvents();
                break;
            case NoticeMark:
                foreach (int notice in _notices.Take())
                {
                    if (_terminals.TryGetValue(notice, out GuestConsole? console))
                    {
                        console.LookForPrograms();
                        Serve(console);
                        TellSize(console);
                    }
                }

                break;
            case StopMark:
                _signal.Clear();
                break;
            default:
                if (_consoles.TryGetValue((ushort)(mark - FirstConsoleMark), out GuestConsole? ready))
                {
                    Serve(ready);
                }

                break;
        }
    }

    /// <summary>Moves bytes between a guest and who is attached.</summary>
    private void Serve(GuestConsole console)
    {
        console.Show();
        while (console.Type())
        {
            Notify(console);
        }
    }

    private void TakeEvents()
    {
        Span<EventPort> ports = stackalloc EventPort[64];
        int count = _events.Take(ports);
        long now = Environment.TickCount64;
        foreach (EventPort port in ports[..count])
        {
            if (port == _hypervisorPort)
            {
                HearHypervisor();
                _events.Unmask(port);
            }
            else if (_ports.TryGetValue(port, out GuestConsole? console))
            {
                Hear(console, now);
            }
        }
    }

    private void Hear(GuestConsole console, long now)
    {
        if (!console.Limit.Allow(now))
        {
            console.IsWaiting = true;
            _ = _timed.Add(console);
            return;
        }

        if (console.Hear())
        {
            Notify(console);
        }

        Serve(console);
        _events.Unmask(console.Port);
    }

    private void HearHypervisor()
    {
        while (_control.Host.ReadConsoleFrom(ref _hypervisorIndex) is { Length: > 0 } text)
        {
            _hypervisorLog!.Write(text);
        }
    }

    private void Notify(GuestConsole console)
    {
        try
        {
            _events.Notify(console.Port);
        }
        catch (XenException refused)
        {
            _say(refused.Message);
        }
    }

    private int MostWait()
    {
        if (_timed.Count == 0)
        {
            return -1;
        }

        long now = Environment.TickCount64;
        long until = long.MaxValue;
        foreach (GuestConsole console in _timed)
        {
            until = console.IsWaiting ? Math.Min(until, console.Limit.Until) : until;
            until = console.EndsAt is { } end ? Math.Min(until, console.HasMore ? Math.Min(end, now + 50) : end) : until;
        }

        return until == long.MaxValue ? -1 : (int)Math.Clamp(until - now, 0, 1000);
    }

    private void Tick(long now)
    {
        if (_isReopening)
        {
            _isReopening = false;
            _hypervisorLog?.Reopen();
            foreach (GuestConsole console in _consoles.Values)
            {
                console.ReopenLog();
            }
        }

        foreach (GuestConsole console in _timed.Count == 0 ? [] : _timed.ToArray())
        {
            if (console.IsWaiting && now >= console.Limit.Until)
            {
                console.IsWaiting = false;
                Hear(console, now);
            }

            if (console.EndsAt is { } end && (now >= end || !console.IsAttached))
            {
                Remove(console);
            }

            _ = console is { IsWaiting: false, EndsAt: null } && _timed.Remove(console);
        }
    }
}
