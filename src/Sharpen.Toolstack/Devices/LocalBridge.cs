using System;
using System.Globalization;
using System.IO;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>What the hotplug script <c>vif-bridge</c> does when no addresses are to be filtered: the interface that the kernel's backend
/// made gets its name and the bridge's packet size, joins the bridge, and comes up.</summary>
public static class LocalBridge
{
    /// <summary>Connects an interface.</summary>
    /// <exception cref="DeviceException">It cannot be connected.</exception>
    public static void Add(StoreClient store, DevicePaths paths)
    {
        string bridge = store.Find($"{paths.BackendPath}/bridge") ?? "";
        if (!NetworkInterfaces.IsBridge(bridge))
        {
            throw new DeviceException(NetworkInterfaces.Exists(bridge) ? $"{bridge} is an interface, but no bridge: correct bridge="
                : $"there is no bridge '{bridge}': make it with 'ip link add {bridge} type bridge', or correct bridge=");
        }

        string made = string.Create(CultureInfo.InvariantCulture, $"vif{paths.Domain.Value}.{paths.Number}");
        string name = VifAttacher.InterfaceOf(store, paths);
        try
        {
            if (name != made && NetworkInterfaces.Exists(made))
            {
                NetworkInterfaces.Rename(made, name);
            }

            int mtu = int.TryParse(store.Find($"{paths.BackendPath}/mtu"), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : NetworkInterfaces.MtuOf(bridge);
            if (NetworkInterfaces.MtuOf(name) != mtu)
            {
                NetworkInterfaces.SetMtu(name, mtu);
            }

            NetworkInterfaces.Join(bridge, name);
            NetworkInterfaces.BringUp(name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException($"cannot set up the interface {name}: {exception.Message}; is the kernel module 'xen-netback' there?", exception);
        }

        store.Write($"{paths.BackendPath}/hotplug-status", "connected");
    }
}
