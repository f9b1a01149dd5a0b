using System;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Xen.Control;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Waits for what becomes of a domain: the store tells when any domain stops or goes, and the hypervisor knows which.</summary>
public static class DomainWatch
{
    private const int PauseMs = 5;
    private static readonly TimeSpan s_while = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(60);

    /// <summary>Waits until a domain is as it is wanted; null: it is gone.</summary>
    /// <returns>The domain then; null also when the time passed before.</returns>
    public static DomainInfo? Wait(Host host, DomainId domain, Func<DomainInfo?, bool> isWanted, TimeSpan most, CancellationToken cancel)
    {
        string token = $"ended-{domain.Value}";
        string ended = host.Store.EndOf(domain);
        host.Store.Watch(ended, token);
        try
        {
            long until = most == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)most.TotalMilliseconds;
            while (true)
            {
                var info = host.Xen.Domains.Find(domain);
                if (isWanted(info))
                {
                    return info;
                }

                var rest = until == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(0, until - Environment.TickCount64));
                if (host.Store.WaitForEvent(rest, cancel) is null)
                {
                    return null;
                }
            }
        }
        finally
        {
            host.Store.Unwatch(ended, token);
        }
    }

    /// <summary>Waits until nothing is left of a domain that has ended and is to be destroyed: its name, its disks and its memory are free then.</summary>
    /// <param name="before">What it was.</param>
    /// <param name="ended">What it is; null: gone. One that only stopped is waited for for a while, where its configuration has it destroyed.</param>
    public static void WaitForNothing(Host host, DomainInfo before, DomainInfo? ended)
    {
        bool isGone = ended is not { } info || info.State.HasFlag(DomainState.Dying);
        if (isGone || IsToBeDestroyed(before, ended!.Value.ShutdownReason))
        {
            long until = Environment.TickCount64 + (long)(isGone ? s_most : s_while).TotalMilliseconds;
            Wait(host, before.Id, info => info is not { } now || now.Uuid != before.Uuid || now.State.HasFlag(DomainState.Dying), isGone ? s_most : s_while, CancellationToken.None);

            // The last that goes.
            while (SavedConfig.Find(before.Id, before.Uuid, SavedConfig.Json) is not null && Environment.TickCount64 < until)
            {
                Thread.Sleep(PauseMs);
            }
        }
    }

    private static bool IsToBeDestroyed(DomainInfo domain, ShutdownReason reason)
    {
        string name = $"domain {domain.Domain}";
        try
        {
            return SavedConfig.Find(domain.Id, domain.Uuid, SavedConfig.Text) is { } text &&
                DomainKeeper.ActionFor(DomainConfigReader.Read(name, ConfigDocument.Parse(name, text), new ToolDefaults(), out _), reason) == EventAction.Destroy;
        }
        catch (ConfigException)
        {
            // Another toolstack made it, of what this one does not understand.
            return false;
        }
    }
}
