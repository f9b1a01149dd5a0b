using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Devices;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen;
using Sharpen.Xen.Control;
using Sharpen.Xen.Native;

namespace Sharpen.Xl.Processes;

/// <summary>The background process of this host's domains. An xl that makes one says so before there is anything of it; when that xl ends without a
/// word, even by SIGKILL, what has the domain's UUID is destroyed. With what was made it stays: it waits for its end, by which a process of its
/// own is started when there is something to do.</summary>
/// <remarks>It begins with the first domain and does not end. Should it be killed, the next begins with the next domain that is made, and takes over
/// what this stayed with.</remarks>
public sealed class Keeper : IDisposable
{
    private const ulong ListenerMark = 0;
    private const ulong StoreMark = 1;
    private const ulong DisksMark = 2;
    private const int MarksAtOnce = 64;
    private const string AnyEnd = "@releaseDomain";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private readonly LocalListener _listener;
    private readonly KeptDomains _kept;
    private readonly KeeperErrands _errands = new();
    private readonly Poller _poller = new();
    private readonly Dictionary<ulong, KeeperClient> _clients = [];
    private ulong _lastMark = DisksMark;
    private DiskGrowth? _growth;
    private Host? _host;
    private bool _isToldOfOne;

    /// <summary>Not running yet.</summary>
    /// <param name="listener">Where an xl connects.</param>
    /// <param name="kept">The domains to stay with.</param>
    public Keeper(LocalListener listener, KeptDomains kept)
    {
        _listener = listener;
        _kept = kept;
        _poller.Watch(listener.Handle, ListenerMark, edge: false);
    }

    /// <summary>Stays, for ever.</summary>
    public void Run()
    {
        Span<ulong> marks = stackalloc ulong[MarksAtOnce];
        while (true)
        {
            bool hasStore = UseStore(static _ => { });
            int count = _poller.Wait(marks, hasStore ? Milliseconds : (int)s_pause.TotalMilliseconds);
            foreach (ulong mark in marks[..count])
            {
                Serve(mark);
            }

            _errands.Run();
            if (_growth is { } growth)
            {
                UseStore(host => growth.Tend(host.Store));
            }
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        _host?.Dispose();
        _growth?.Dispose();
        _poller.Dispose();
        _listener.Dispose();
    }

    // How long nothing is to be done; -1: for ever.
    private int Milliseconds
    {
        get
        {
            int errands = _errands.Milliseconds;
            int growth = (int)(_growth?.Patience ?? Timeout.InfiniteTimeSpan).TotalMilliseconds;
            return errands < 0 || growth < 0 ? Math.Max(errands, growth) : Math.Min(errands, growth);
        }
    }

    private void Serve(ulong mark)
    {
        if (mark == ListenerMark)
        {
            while (_listener.Accept() is { } stream)
            {
                var client = new KeeperClient(stream);
                _clients.Add(++_lastMark, client);
                _poller.Watch(client.Handle, _lastMark, edge: false);
                Hear(_lastMark, client);
            }
        }
        else if (mark == StoreMark)
        {
            UseStore(HearStore);
        }
        else if (_clients.TryGetValue(mark, out var client))
        {
            Hear(mark, client);
        }
    }

    private void Hear(ulong mark, KeeperClient client)
    {
        bool isOver;
        while (client.Take(out isOver) is { } said)
        {
            if (said.Word == KeeperWord.Keep)
            {
                var kept = new KeptDomain(said.Domain, said.Uuid, said.Name);
                _kept.Add(kept);
                UseStore(host => Watch(host, kept.Domain));
            }
            else if (said.Word == KeeperWord.Disks && _kept.Find(said.Domain) is { } grown)
            {
                UseStore(host => LookAtDisks(host, grown.Domain));
            }
        }

        if (isOver)
        {
            if (client.Begun is { } begun)
            {
                _errands.Start(begun.Name, begun.Uuid.ToString(), Guard.Undo);
            }

            _poller.Forget(client.Handle);
            client.Dispose();
            _clients.Remove(mark);
        }
    }

    // Whether there is a store. When it went, everything is asked of the next, as soon as there is one.
    private bool UseStore(Action<Host> use)
    {
        try
        {
            if (_host is null)
            {
                var host = new Host();
                _host = host;
                _isToldOfOne = host.Store.EndOf(new DomainId(0)) != AnyEnd;
                if (!_isToldOfOne)
                {
                    host.Store.Watch(AnyEnd, AnyEnd);
                }

                foreach (var kept in _kept.All)
                {
                    Watch(host, kept.Domain);
                    LookAtDisks(host, kept.Domain);
                }

                _poller.Watch(host.Store.Handle, StoreMark, edge: false);
                HearStore(host);
            }

            use(_host);
            return true;
        }
        catch (XenException)
        {
            _host?.Dispose();
            _host = null;
            return false;
        }
    }

    // It fires at once: so nothing is missed that was before it.
    private void Watch(Host host, DomainId domain)
    {
        if (_isToldOfOne)
        {
            host.Store.Watch(EndOf(domain), Text(domain));
            HearStore(host);
        }
        else
        {
            Look(host, domain);
        }
    }

    private void HearStore(Host host)
    {
        while (host.Store.TryTake() is { } happened)
        {
            if (ushort.TryParse(happened.Token, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            {
                Look(host, new DomainId(number));
            }
            else
            {
                _kept.All.ToList().ForEach(kept => Look(host, kept.Domain));
            }
        }
    }

    private void Look(Host host, DomainId domain)
    {
        if (_kept.Find(domain) is not { } kept)
        {
            return;
        }

        var now = host.Xen.Domains.Find(domain);
        bool isThere = now is { } info && info.Uuid == kept.Uuid;
        if (isThere && !now!.Value.State.HasFlag(DomainState.Shutdown))
        {
            return;
        }

        if (isThere)
        {
            _errands.Start(kept.Name, Text(domain), Guard.Stay);
        }
        else
        {
            // Whoever destroyed it removes what the host has of it. When that is broken off, it is done here.
            _errands.After(s_patience, () => LookForRest(kept));
        }

        _kept.Remove(domain);
        _growth?.Forget(domain);
        if (_isToldOfOne)
        {
            host.Store.Unwatch(EndOf(domain), Text(domain));
        }
    }

    // Begins with the first: most hosts of many small domains have none.
    private void LookAtDisks(Host host, DomainId domain)
    {
        if (_growth is null && DeviceRecords.List(host.Store, domain, "vbd").Count > 0 && DiskGrowth.Open(Log) is { } growth)
        {
            _growth = growth;
            _poller.Watch(growth.Handle, DisksMark, edge: false);
        }

        // One that has ended meanwhile is not stayed with any more.
        if (_kept.Find(domain) is not null)
        {
            _growth?.Look(host.Store, domain);
        }
    }

    private void Log(DomainId domain, string what)
    {
        try
        {
            File.AppendAllText(Guard.LogOf(_kept.Find(domain)?.Name ?? "keeper"), Guard.Stamped($"domain {domain.Value}: {what}\n"));
        }
        catch (IOException)
        {
            // What is logged was done nevertheless.
        }
    }

    private void LookForRest(KeptDomain kept)
    {
        if (!UseStore(host => LookForRest(host, kept)))
        {
            _errands.After(s_pause, () => LookForRest(kept));
        }
    }

    private void LookForRest(Host host, KeptDomain kept)
    {
        if (host.Store.Find($"{Host.PathOf(kept.Domain)}/vm") == $"/vm/{kept.Uuid}")
        {
            _errands.Start(kept.Name, Text(kept.Domain), Guard.Rest);
        }
    }

    private static string EndOf(DomainId domain) => $"{AnyEnd}/{Text(domain)}";

    private static string Text(DomainId domain) => domain.Value.ToString(CultureInfo.InvariantCulture);
}
