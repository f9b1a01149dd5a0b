using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Gives network cards to a domain: through the kernel's network backend.</summary>
/// <param name="store">The store.</param>
/// <param name="domain">The guest.</param>
/// <param name="runsScripts">Hotplug scripts are this toolstack's; otherwise udev runs them.</param>
public sealed class VifAttacher(StoreClient store, DomainId domain, bool runsScripts)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>The name of the backend's interface.</summary>
    public static string InterfaceOf(StoreClient store, DevicePaths paths) =>
        store.Find($"{paths.Record}/vifname") ?? string.Create(CultureInfo.InvariantCulture, $"vif{paths.Domain.Value}.{paths.Number}");

    /// <summary>Attaches a card; when that fails, nothing of it stays.</summary>
    /// <param name="number">Its number.</param>
    /// <exception cref="DeviceException">It cannot be attached.</exception>
    public DevicePaths Attach(VifSpec card, int number, CancellationToken cancel)
    {
        if (card.InterfaceName.Length > NetworkInterfaces.MostName)
        {
            throw new DeviceException($"vifname={card.InterfaceName} is longer than {NetworkInterfaces.MostName} characters: shorten it");
        }

        var paths = new DevicePaths("vif", domain, number, new DomainId(0));
        if (store.Find($"{paths.Record}/backend") is not null)
        {
            throw new DeviceException($"the guest has a network card {number} already: detach it first, or leave devid= out");
        }

        string mac = (card.Mac ?? MacAddress.Random()).ToString();
        string handle = number.ToString(CultureInfo.InvariantCulture);
        DeviceNodes.Write(store, paths, Frontend(card, mac, handle), Backend(card, mac, handle));
        try
        {
            if (!Xenbus.Wait(store, paths.BackendPath, static state => state >= XenbusState.InitWait, s_patience, cancel))
            {
                throw new DeviceException($"the kernel does not serve the network card {number}: load its module with 'modprobe xen-netback'");
            }

            if (runsScripts)
            {
                WaitForInterface(paths, cancel);
                Hotplug.Add(store, paths);
            }

            return paths;
        }
        catch
        {
            DeviceRemoval.Detach(store, paths, isForced: true, CancellationToken.None);
            throw;
        }
    }

    // The kernel's backend says that it is ready a moment before its interface is there.
    private static void WaitForInterface(DevicePaths paths, CancellationToken cancel)
    {
        string made = string.Create(CultureInfo.InvariantCulture, $"vif{paths.Domain.Value}.{paths.Number}");
        long until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (!NetworkInterfaces.Exists(made) && Environment.TickCount64 < until)
        {
            cancel.ThrowIfCancellationRequested();
            Thread.Sleep(2);
        }
    }

    private static List<KeyValuePair<string, string>> Frontend(VifSpec card, string mac, string handle)
    {
        List<KeyValuePair<string, string>> nodes = [new("handle", handle), new("mac", mac), new("trusted", card.IsTrusted ? "1" : "0")];
        if (card.Mtu is { } mtu)
        {
            nodes.Add(new("mtu", mtu.ToString(CultureInfo.InvariantCulture)));
        }

        return nodes;
    }

    private static List<KeyValuePair<string, string>> Backend(VifSpec card, string mac, string handle)
    {
        List<KeyValuePair<string, string>> nodes = [new("script", Hotplug.PathOf(card.Script, "vif-bridge")), new("mac", mac)];
        Add(nodes, "vifname", card.InterfaceName);
        Add(nodes, "gatewaydev", card.GatewayDevice);
        Add(nodes, "ip", card.Ip);
        Add(nodes, "rate", card.Rate?.Node ?? "");
        Add(nodes, "mtu", card.Mtu?.ToString(CultureInfo.InvariantCulture) ?? "");
        Add(nodes, "bridge", card.Bridge);
        nodes.Add(new("handle", handle));
        nodes.Add(new("type", "vif"));
        return nodes;
    }

    private static void Add(List<KeyValuePair<string, string>> nodes, string name, string value)
    {
        if (value.Length > 0)
        {
            nodes.Add(new(name, value));
        }
    }
}
