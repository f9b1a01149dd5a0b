using System;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Devices;
using Sharpen.Xen;
using Sharpen.Xen.Control;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Destroys domains, and removes what the host has of them: devices, nodes, saved configurations.</summary>
public static class DomainDestroyer
{
    /// <summary>Destroys a domain at whatever point of its life it is; what is gone already is no error.</summary>
    /// <exception cref="XenException">The hypervisor or the store refuses.</exception>
    public static void Destroy(Host host, DomainId domain)
    {
        Guid? uuid = host.Xen.Domains.Find(domain)?.Uuid;
        if (uuid is not null)
        {
            Try(() => host.Xen.Domains.Pause(domain));
        }

        DeviceRemoval.ReleaseAll(host.Store, domain, CancellationToken.None);
        if (uuid is not null)
        {
            try
            {
                host.Xen.Domains.Destroy(domain);
            }
            catch (XenException refused) when (refused.Error == Errno.Srch)
            {
                // Somebody else was faster.
            }
        }

        DomainNodes.Remove(host.Store, domain);
        SavedConfig.Remove(domain, uuid);
    }

    // The domain may be dying already: what it is asked for last does not matter then.
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (XenException)
        {
        }
    }
}
