using System;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Control;
using Sharpen.Xen.Grants;
using Sharpen.Xen.Native;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Keeping;

namespace Sharpen.Xenstored.Serving;

/// <content>Domains: their rings and event channels, and their ends.</content>
internal sealed partial class StoreServer
{
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
            StreamState? before = old?.State ?? (_before is not null && _before.Streams.TryGetValue(domain.Id, out StreamState state) ? state : null);
            RingLink link = new(this, domain.Client, mapping, new RingPage(page), port, before);
            if (old is null && before is { } kept)
            {
                _referee.Park(domain.Client, kept.Parked);
            }

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
        _referee.Forget(link.Client);
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

    private void TakeEvents()
    {
        Span<EventPort> ports = stackalloc EventPort[64];
        ports = ports[.._events!.Take(ports)];
        // Before anything is looked at, so that what comes meanwhile is heard.
        _events.Unmask(ports);
        foreach (EventPort port in ports)
        {
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
        IReadOnlyList<DomainInfo> there = _control!.Domains.List();
        List<(ushort Domain, bool IsGone)> over = [];
        int at = 0;
        // Both are by rising id.
        foreach (IntroducedDomain domain in _engine.Domains)
        {
            while (at < there.Count && there[at].Domain < domain.Id)
            {
                at++;
            }

            DomainState state = at < there.Count && there[at].Domain == domain.Id ? there[at].State : DomainState.Dying;
            if (domain.Id != 0 && (state & (DomainState.Dying | DomainState.Shutdown)) != 0)
            {
                over.Add((domain.Id, (state & DomainState.Dying) != 0));
            }
        }

        foreach ((ushort domain, bool isGone) in over)
        {
            if (isGone)
            {
                _engine.Gone(domain);
            }
            else
            {
                _engine.StoppedRunning(domain);
            }
        }

        _state.Commit();
    }
}
