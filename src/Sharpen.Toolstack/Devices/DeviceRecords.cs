using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Which devices a domain has: the toolstack's own records tell, which no guest can write.</summary>
public static class DeviceRecords
{
    /// <summary>The devices of a kind, as the guest sees it: <c>vbd</c>, <c>vif</c>.</summary>
    public static IReadOnlyList<DevicePaths> List(StoreClient store, DomainId domain, string kind)
    {
        string folder = $"/libxl/{domain.Value}/device/{kind}";
        var devices = new List<DevicePaths>();
        foreach (string number in store.List(folder).OrderBy(static name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : int.MaxValue))
        {
            if (store.Find($"{folder}/{number}/backend") is { } backend && DevicePaths.Parse(backend) is { } paths)
            {
                devices.Add(paths);
            }
        }

        return devices;
    }

    /// <summary>All devices that are taken away one by one: not consoles, channels and screens, which stay as long as the domain.</summary>
    public static IReadOnlyList<DevicePaths> ListAll(StoreClient store, DomainId domain) =>
        [.. store.List($"/libxl/{domain.Value}/device").Where(static kind => kind is not ("console" or "vfb" or "vkbd")).SelectMany(kind => List(store, domain, kind))];

    /// <summary>The lowest number that no device of a kind has.</summary>
    public static int LowestFree(StoreClient store, DomainId domain, string kind)
    {
        var used = store.List($"/libxl/{domain.Value}/device/{kind}").ToHashSet(StringComparer.Ordinal);
        int number = 0;
        while (used.Contains(number.ToString(CultureInfo.InvariantCulture)))
        {
            number++;
        }

        return number;
    }
}
