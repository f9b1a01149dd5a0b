using System;
using System.Globalization;
using System.IO;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>What the hotplug script <c>block</c> does, for devices of this host: a block device is taken as it is, a file behind a loop
/// device. Source: <c>io/blkif.h</c>, <c>physical-device</c>.</summary>
public static class LocalDisk
{
    /// <summary>Tells the kernel's backend which device it serves.</summary>
    public static void Add(StoreClient store, DevicePaths paths)
    {
        string target = store.Read($"{paths.BackendPath}/params");
        bool readOnly = store.Find($"{paths.BackendPath}/mode") is { } mode && !mode.Contains('w');
        string device = target;
        if (File.Exists(target) && !BlockDevices.IsBlockDevice(target))
        {
            device = LoopDevice.Attach(target, readOnly);
            store.Write($"{paths.BackendPath}/node", device);
            store.Write($"{paths.Record}/node", device);
        }

        (uint major, uint minor) = BlockDevices.NumberOf(device);
        store.Commit(transaction =>
        {
            store.Write($"{paths.BackendPath}/physical-device-path", device, transaction);
            store.Write($"{paths.BackendPath}/physical-device", string.Create(CultureInfo.InvariantCulture, $"{major:x}:{minor:x}"), transaction);
            store.Write($"{paths.BackendPath}/hotplug-status", "connected", transaction);
        });
    }

    /// <summary>Gives the loop device back, if there is one.</summary>
    public static void Remove(StoreClient store, DevicePaths paths)
    {
        if (store.Find($"{paths.Record}/node") is { } node && node.StartsWith("/dev/loop", StringComparison.Ordinal))
        {
            LoopDevice.Detach(node);
        }
    }
}
