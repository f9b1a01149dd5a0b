using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Control;
using Sharpen.Xen.Grants;
using Sharpen.Xen.Native;
using Sharpen.Xenconsoled.Logs;
using Sharpen.Xenconsoled.Rings;

namespace Sharpen.Xenconsoled.Serving;

/// <content>Guests: their coming, where their rings are, and their going.</content>
internal sealed partial class ConsoleServer
{
    private const uint ConsoleGrant = 0;
    private const long LastShowing = 2000;
    private uint _looks;

    private static string TokenOf(DomainId domain) => domain.Value.ToString(CultureInfo.InvariantCulture);

    private static string Home(DomainId domain) => $"/local/domain/{domain.Value}";

    private void TakeStoreEvents()
    {
        while (_store.TryTake() is { } happened)
        {
            if (happened.Token == DomainsToken)
            {
                LookForDomains();
            }
            else if (ushort.TryParse(happened.Token, NumberStyles.None, CultureInfo.InvariantCulture, out ushort id) && _consoles.TryGetValue(id, out GuestConsole? console))
            {
                Connect(console);
            }
        }
    }

    private void LookForDomains()
    {
        uint look = unchecked(++_looks);
        foreach (DomainInfo info in _control.Domains.List())
        {
            if (info.Domain != 0 && (info.State & DomainState.Dying) == 0)
            {
                GuestConsole console = _consoles.GetValueOrDefault(info.Domain) ?? Add(info.Id);
                console.LastSeen = look;
            }
        }

        foreach (GuestConsole console in _consoles.Values)
        {
            if (console.LastSeen != look && console.EndsAt is null)
            {
                End(console);
            }
        }
    }

    /// <summary>Takes the last that a guest said, and shows it for a while.</summary>
    private void End(GuestConsole console)
    {
        while (console.Hear())
        {
        }

        Release(console);
        console.Show();
        console.EndsAt = Environment.TickCount64 + LastShowing;
        _ = _timed.Add(console);
    }

    private GuestConsole Add(DomainId domain)
    {
        string home = Home(domain);
        // The toolstack tells of a domain before it is complete; its console's nodes come with a watch.
        string name = _store.Find($"{home}/name") ?? $"domain-{domain.Value}";
        LogFile? log = _options.LogsGuests
            ? new LogFile(Path.Combine(_options.LogFolder, $"guest-{name.Replace('/', '_')}.log"), Settings(_options.TimesGuests), TimeProvider.System) : null;
        PseudoTerminal terminal = PseudoTerminal.Create();
        GuestConsole console = new(domain, name, terminal, _options.HistoryBytes, log) { Notice = _notices.Add(terminal.Path) };
        _poller.Watch(terminal.Stream.Handle, FirstConsoleMark + domain.Value, edge: true);
        _consoles.Add(domain.Value, console);
        _terminals.Add(console.Notice, console);
        _say($"d{domain.Value} ({name}) has {terminal.Path}");
        _store.Watch($"{home}/console", TokenOf(domain));
        return console;
    }

    /// <summary>Uses the ring that the store names now.</summary>
    private void Connect(GuestConsole console)
    {
        string path = $"{Home(console.Domain)}/console";
        if (console.EndsAt is not null || _store.FindAll([$"{path}/type", $"{path}/ring-ref", $"{path}/port"]) is not [null or "xenconsoled", { } place, { } channel]
            || !ulong.TryParse(place, CultureInfo.InvariantCulture, out ulong frame)
            || !uint.TryParse(channel, CultureInfo.InvariantCulture, out uint port)
            || (console.Frame == frame && console.GuestPort == port && console.Port.Value != 0))
        {
            return;
        }

        Release(console);
        try
        {
            IDisposable mapping = MapRing(console.Domain, frame, out MappedMemory page);
            console.Connect(mapping, new ConsolePage(page), frame, _events.Bind(console.Domain, new EventPort(port)), port);
            _ports.Add(console.Port, console);
            _store.Write($"{path}/tty", console.Terminal.Path);
            Hear(console, Environment.TickCount64);
        }
        catch (XenException refused)
        {
            _say($"cannot serve the console of d{console.Domain.Value}: {refused.Message}");
        }
    }

    /// <summary>Tells a guest how much the terminal shows that is attached to its console now: the ring has no words for it.</summary>
    private void TellSize(GuestConsole console)
    {
        if (console.EndsAt is null && console.TakeSize(out TerminalSize size))
        {
            string path = $"{Home(console.Domain)}/console";
            _store.Commit(transaction =>
            {
                // Nothing is to be left of a domain that goes meanwhile.
                if (_store.Find($"{path}/tty", transaction) is not null)
                {
                    _store.Write($"{path}/size", size.ToString(), transaction);
                }
            });
        }
    }

    private IDisposable MapRing(DomainId domain, ulong frame, out MappedMemory page)
    {
        try
        {
            return page = _control.Device.MapForeign(domain, [frame]);
        }
        catch (XenException) when (_grants is not null)
        {
            // By its grant the kernel maps it too, but it first makes room for pages that nobody has, which takes as long as making many domains.
            GrantMapping mapping = _grants.Map(domain, [new GrantReference(ConsoleGrant)]);
            page = mapping.Memory;
            return mapping;
        }
    }

    private void Release(GuestConsole console)
    {
        if (console.Port.Value != 0)
        {
            _ = _ports.Remove(console.Port);
            try
            {
                _events.Unbind(console.Port);
            }
            catch (XenException refused)
            {
                _say(refused.Message);
            }
        }

        console.Disconnect();
        console.IsWaiting = false;
    }

    private void Remove(GuestConsole console)
    {
        string home = Home(console.Domain);
        try
        {
            _store.Unwatch($"{home}/console", TokenOf(console.Domain));
        }
        catch (XenException refused)
        {
            _say(refused.Message);
        }

        _notices.Remove(console.Notice);
        _poller.Forget(console.Terminal.Stream.Handle);
        _ = _consoles.Remove(console.Domain.Value);
        _ = _terminals.Remove(console.Notice);
        _ = _timed.Remove(console);
        console.Dispose();
        _say($"d{console.Domain.Value} ({console.Name}) is gone");
    }
}
