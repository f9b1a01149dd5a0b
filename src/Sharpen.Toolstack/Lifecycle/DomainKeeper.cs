using System;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Xen.Control;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Stays with a domain until it ends, and does then what its configuration says: <c>on_poweroff</c>, <c>on_reboot</c> and the
/// like. After a restart it stays with the new one.</summary>
/// <param name="host">The host.</param>
/// <param name="log">Told what happens.</param>
public sealed class DomainKeeper(Host host, Action<string> log)
{
    private const int MostRenamed = 1000;

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

    private DomainId? Follow(DomainId domain, CancellationToken cancel)
    {
        Guid uuid = host.Xen.Domains.Get(domain).Uuid;
        var ended = DomainWatch.Wait(host, domain, info => info is null || info.Value.Uuid != uuid || info.Value.State.HasFlag(DomainState.Shutdown), Timeout.InfiniteTimeSpan, cancel);
        if (ended is not { } info || info.Uuid != uuid)
        {
            log($"domain {domain.Value} was destroyed");
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
        return Do(domain, action, config, text, defaults, cancel);
    }

    private DomainId? Do(DomainId domain, EventAction action, DomainConfig config, string text, ToolDefaults defaults, CancellationToken cancel)
    {
        switch (action)
        {
            case EventAction.CoredumpDestroy or EventAction.CoredumpRestart:
                string path = $"/var/lib/xen/dump/{config.Name}";
                log($"writing the memory of domain {domain.Value} to {path}");
                CoreDump.Write(host, domain, path);
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
