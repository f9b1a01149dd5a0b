using System;
using System.Globalization;
using System.IO;
using System.Threading;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>What the hotplug script <c>block</c> does, for devices of this host: a block device is taken as it is, a file behind a loop
/// device. Source: <c>io/blkif.h</c>, <c>physical-device</c>.</summary>
public static class LocalDisk
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Tells the kernel's backend which device it serves.</summary>
    /// <exception cref="DeviceException">There is no such device, or the backend does not take it.</exception>
    public static void Add(StoreClient store, DevicePaths paths)
    {
        string target = store.Read($"{paths.BackendPath}/params");
        bool readOnly = store.Find($"{paths.BackendPath}/mode") is { } mode && !mode.Contains('w');
        using var alone = HostLock.Take("disks");
        if (!File.Exists(target) || BlockDevices.IsBlockDevice(target))
        {
            Serve(store, paths, target, target, readOnly);
            WaitForBackend(paths);
            return;
        }

        string device = LoopDevice.Attach(target, readOnly, out var holder);
        using (holder)
        {
            store.Write($"{paths.BackendPath}/node", device);
            Serve(store, paths, target, device, readOnly);
            WaitForBackend(paths);
        }
    }

    /// <summary>Gives a loop device back that does not go by itself: one that Xen's own script made.</summary>
    public static void Remove(StoreClient store, DevicePaths paths)
    {
        if (store.Find($"{paths.BackendPath}/node") is { } node && node.StartsWith("/dev/loop", StringComparison.Ordinal))
        {
            LoopDevice.Detach(node, store.Find($"{paths.BackendPath}/params") ?? "");
        }
    }

    private static void Serve(StoreClient store, DevicePaths paths, string target, string device, bool readOnly)
    {
        (uint major, uint minor) = BlockDevices.NumberOf(device);
        DiskSharing.Check(paths, target, Storage.Of(major, minor), readOnly);
        store.Commit(transaction =>
        {
            store.Write($"{paths.BackendPath}/physical-device-path", device, transaction);
            store.Write($"{paths.BackendPath}/physical-device", string.Create(CultureInfo.InvariantCulture, $"{major:x}:{minor:x}"), transaction);
            store.Write($"{paths.BackendPath}/hotplug-status", "connected", transaction);
        });
    }

    // The kernel shows the device's number once it has opened it; from then on it is the one that keeps the loop device.
    private static void WaitForBackend(DevicePaths paths)
    {
        string shown = string.Create(CultureInfo.InvariantCulture, $"/sys/bus/xen-backend/devices/vbd-{paths.Domain.Value}-{paths.Number}/physical_device");
        long until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (!File.Exists(shown))
        {
            if (Environment.TickCount64 > until)
            {
                throw new DeviceException($"the kernel does not open the device of disk {paths.Number}: 'dmesg' may say why");
            }

            Thread.Sleep(1);
        }
    }
}
