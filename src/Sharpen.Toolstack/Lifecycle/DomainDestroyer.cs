using System;
using System.Globalization;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Booting;
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
        DeviceModel.End(host.Store, domain);

        // While there is the domain: what the store forgets of one that is gone it has to look for among all nodes.
        DomainNodes.Remove(host.Store, domain);
        if (uuid is null)
        {
            DomainNodes.Release(host.Store, domain);
        }
        else
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

        SavedConfig.Remove(domain, uuid);
    }

    /// <summary>The domain that has a UUID, and is not dying.</summary>
    public static DomainId? FindByUuid(Host host, Guid uuid)
    {
        foreach (var info in host.Xen.Domains.List())
        {
            if (info.Uuid == uuid && !info.State.HasFlag(DomainState.Dying))
            {
                return info.Id;
            }
        }

        return null;
    }

    /// <summary>Destroys whatever there is of a domain that was only half made, or half destroyed; nothing is no error.</summary>
    /// <exception cref="XenException">The hypervisor or the store refuses.</exception>
    public static void DestroyAll(Host host, Guid uuid)
    {
        if (FindByUuid(host, uuid) is { } domain)
        {
            Destroy(host, domain);
        }

        foreach (string name in host.Store.List("/local/domain"))
        {
            if (ushort.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) &&
                host.Store.Find($"/local/domain/{name}/vm") == $"/vm/{uuid}" && (host.Xen.Domains.Find(new DomainId(number))?.Uuid ?? uuid) == uuid)
            {
                Destroy(host, new DomainId(number));
            }
        }

        SavedConfig.Remove(uuid);
        BootLoader.Clean(uuid);
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
