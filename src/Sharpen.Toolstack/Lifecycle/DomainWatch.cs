using System;
using System.Threading;
using Sharpen.Abi;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Waits for what becomes of a domain: the store tells when any domain stops or goes, and the hypervisor knows which.</summary>
public static class DomainWatch
{
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
}
