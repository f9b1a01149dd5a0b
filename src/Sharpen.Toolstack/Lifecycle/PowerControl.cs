using System;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Devices;
using Sharpen.Xen.Control;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>What a guest's kernel is asked by the node <c>control/shutdown</c>.</summary>
public static class PowerControl
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks, and waits until the guest has taken note: it empties the node.</summary>
    /// <param name="request"><c>poweroff</c>, <c>reboot</c>, <c>suspend</c>, <c>halt</c>.</param>
    /// <exception cref="ToolException">It has not; the request stands withdrawn.</exception>
    public static void Ask(Host host, DomainId domain, string request, CancellationToken cancel)
    {
        string path = $"{Host.PathOf(domain)}/control/shutdown";
        host.Store.Write(path, request);
        if (Xenbus.WaitForNode(host.Store, path, static value => string.IsNullOrEmpty(value), s_patience, cancel))
        {
            return;
        }

        host.Store.Commit(transaction =>
        {
            if (host.Store.Find(path, transaction) == request)
            {
                host.Store.Write(path, "", transaction);
            }
        });
        bool runs = host.Xen.Domains.Find(domain) is { } info && !info.State.HasFlag(DomainState.Paused);
        throw new ToolException($"domain {domain.Value} does not react to '{request}': {(runs ? "its kernel is not up, or knows no such requests; 'xl destroy' ends it" : "it is paused; 'xl unpause' lets it go on")}");
    }
}
