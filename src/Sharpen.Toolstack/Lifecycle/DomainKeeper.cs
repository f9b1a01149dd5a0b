using System;
using System.Globalization;
using System.IO;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Devices;
using Sharpen.Xen;
using Sharpen.Xen.Control;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Stays with a domain until it ends, and does then what its configuration says: <c>on_poweroff</c>, <c>on_reboot</c> and the
/// like. After a restart it stays with the new one.</summary>
/// <param name="host">The host.</param>
/// <param name="log">Told what happens.</param>
public sealed class DomainKeeper(Host host, Action<string> log)
{
    private const int MostRenamed = 1000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longPause = TimeSpan.FromSeconds(5);

    /// <summary>Stays with a domain, and with those that follow it.</summary>
    public void Keep(DomainId domain, CancellationToken cancel)
    {
        for (DomainId? next = domain; next is { } current; next = Follow(current, cancel))
        {
        }
    }

    /// <summary>What a configuration wants to be done for a reason.</summary>
    public static EventAction ActionFor(DomainConfig config, ShutdownReason reason) => reason switch
    {
        ShutdownReason.PowerOff => config.OnPoweroff,
        ShutdownReason.Reboot => config.OnReboot,
        ShutdownReason.Crash => config.OnCrash,
        ShutdownReason.Watchdog => config.OnWatchdog,
        ShutdownReason.SoftReset => config.OnSoftReset,
        _ => EventAction.Preserve,
    };

    /// <summary>Stays with a domain until it ends.</summary>
    /// <returns>The one that follows it; null when none does.</returns>
    public DomainId? Follow(DomainId domain, CancellationToken cancel)
    {
        if (host.Xen.Domains.Find(domain)?.Uuid is not { } uuid)
        {
            log($"domain {domain.Value} was destroyed");
            return null;
        }

        var ended = DomainWatch.Wait(host, domain, info => info is null || info.Value.Uuid != uuid || info.Value.State.HasFlag(DomainState.Shutdown), Timeout.InfiniteTimeSpan, cancel);
        if (ended is not { } info || info.Uuid != uuid)
        {
            log($"domain {domain.Value} was destroyed");
            RemoveLeftovers(domain, uuid, cancel);
            return null;
        }

        if (SavedConfig.Find(domain, uuid, SavedConfig.Text) is not { } text)
        {
            log($"domain {domain.Value} stopped ({info.ShutdownReason}), and its configuration is not there any more: it stays");
            return null;
        }

        var defaults = ToolDefaultsReader.ReadFile(ToolDefaults.UsualPath);
        var config = DomainConfigReader.Read($"domain {domain.Value}", ConfigDocument.Parse($"domain {domain.Value}", text), defaults, out _) with
        {
            Name = DomainNames.Find(host, domain) ?? $"domain-{domain.Value}",
            Uuid = uuid,
        };
        var action = ActionFor(config, info.ShutdownReason);
        log($"domain {domain.Value} ({config.Name}) stopped ({info.ShutdownReason}): {EventActions.Word(action)}");
        if (IsRestart(action) && !Rest(domain, uuid, RestOf(uuid, info.ShutdownReason), cancel))
        {
            log($"domain {domain.Value} ({config.Name}) was destroyed before it was made again");
            RemoveLeftovers(domain, uuid, cancel);
            return null;
        }

        return Do(domain, action, config, text, defaults, cancel);
    }

    private static bool IsRestart(EventAction action) => action is EventAction.Restart or EventAction.RenameRestart or EventAction.CoredumpRestart;

    // It is there meanwhile, and has its name: who destroys it then has it made no more.
    private bool Rest(DomainId domain, Guid uuid, TimeSpan most, CancellationToken cancel)
    {
        DomainWatch.Wait(host, domain, info => !IsThere(info, uuid), most, cancel);
        return IsThere(host.Xen.Domains.Find(domain), uuid);
    }

    private static bool IsThere(DomainInfo? info, Guid uuid) => info is { } now && now.Uuid == uuid && !now.State.HasFlag(DomainState.Dying);

    // One that ends as soon as it began shall not keep the host busy, and can be caught by its name.
    private TimeSpan RestOf(Guid uuid, ShutdownReason reason)
    {
        string? started = host.Store.Find($"/vm/{uuid}/start_time");
        return reason == ShutdownReason.Crash && double.TryParse(started, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) &&
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (seconds * 1000) < s_soon.TotalMilliseconds ? s_longPause : s_pause;
    }

    // Whoever destroyed it removes what the host has of it; when that is broken off, it is done here.
    private void RemoveLeftovers(DomainId domain, Guid uuid, CancellationToken cancel)
    {
        if (Xenbus.WaitForNode(host.Store, $"{Host.PathOf(domain)}/vm", value => value != $"/vm/{uuid}", s_patience, cancel))
        {
            SavedConfig.Remove(domain, uuid);
        }
        else if (host.Xen.Domains.Find(domain) is null)
        {
            log($"domain {domain.Value} was not removed completely: that is done now");
            DomainDestroyer.Destroy(host, domain);
        }
    }

    private DomainId? Do(DomainId domain, EventAction action, DomainConfig config, string text, ToolDefaults defaults, CancellationToken cancel)
    {
        switch (action)
        {
            case EventAction.CoredumpDestroy or EventAction.CoredumpRestart:
                Dump(domain, config.Name);
                return Do(domain, action == EventAction.CoredumpDestroy ? EventAction.Destroy : EventAction.Restart, config, text, defaults, cancel);
            case EventAction.Destroy:
                DomainDestroyer.Destroy(host, domain);
                return null;
            case EventAction.Restart:
                DomainDestroyer.Destroy(host, domain);
                return Restart(config with { Domain = null }, text, defaults, cancel);
            case EventAction.RenameRestart:
                DomainRenaming.Rename(host, host.Xen.Domains.Get(domain), FreeName(config.Name));
                return Restart(config with { Domain = null, Uuid = null }, text, defaults, cancel);
            default:
                return null;
        }
    }

    // One that cannot be dumped ends, or is made again, nevertheless.
    private void Dump(DomainId domain, string name)
    {
        string path = $"/var/lib/xen/dump/{name}";
        log($"writing the memory of domain {domain.Value} to {path}");
        try
        {
            CoreDump.Write(host, domain, path);
        }
        catch (Exception exception) when (exception is ToolException or XenException or IOException or UnauthorizedAccessException)
        {
            log($"that failed: {exception.Message}");
        }
    }

    private DomainId Restart(DomainConfig config, string text, ToolDefaults defaults, CancellationToken cancel)
    {
        var domain = new DomainCreator(host, defaults).Create(config, text, cancel);
        host.Xen.Domains.Unpause(domain);
        log($"{config.Name} is now domain {domain.Value}");
        return domain;
    }

    private string FreeName(string name)
    {
        for (int i = 1; i < MostRenamed; i++)
        {
            if (DomainNames.FindByName(host.Store, $"{name}-{i}") is null)
            {
                return $"{name}-{i}";
            }
        }

        throw new ToolException($"{name} has been renamed {MostRenamed} times: destroy some of them");
    }
}
