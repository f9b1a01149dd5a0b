using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Gives disks to a domain: raw ones through the kernel's block backend, others through QEMU.</summary>
/// <param name="store">The store.</param>
/// <param name="domain">The guest.</param>
public sealed class DiskAttacher(StoreClient store, DomainId domain)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Attaches a disk; when that fails, nothing of it stays.</summary>
    /// <exception cref="DeviceException">It cannot be attached.</exception>
    public DevicePaths Attach(DiskSpec disk, CancellationToken cancel)
    {
        Check(disk);
        bool isServedByQemu = IsQemus(disk);
        var paths = new DevicePaths(isServedByQemu ? "qdisk" : "vbd", domain, disk.Device.Number, new DomainId(0));
        if (store.Find($"{paths.Record}/backend") is not null)
        {
            throw new DeviceException($"the guest has a disk '{disk.Name}' already: detach it first, or choose another name");
        }

        DeviceNodes.Write(store, paths, Frontend(disk), isServedByQemu ? QemuBackend(disk) : Backend(disk));
        try
        {
            if (isServedByQemu)
            {
                DeviceModel.Ensure(store, domain, cancel);
            }

            if (!Xenbus.Wait(store, paths.BackendPath, static state => state >= XenbusState.InitWait, s_patience, cancel))
            {
                throw new DeviceException(isServedByQemu ? $"QEMU does not serve the disk '{disk.Name}': is {disk.Target} a {Word(disk)} image?"
                    : $"the kernel does not serve the disk '{disk.Name}': load its module with 'modprobe xen-blkback'");
            }

            Hotplug.Add(store, paths);
            return paths;
        }
        catch
        {
            DeviceRemoval.Detach(store, paths, isForced: true, CancellationToken.None);
            throw;
        }
    }

    private static bool IsQemus(DiskSpec disk) => disk.Backend == DiskBackend.Qdisk || disk.Format is not (DiskFormat.Raw or DiskFormat.Empty);

    private static string Word(DiskSpec disk) => disk.Format == DiskFormat.Vhd ? "vpc" : disk.Format.ToString().ToLowerInvariant();

    private static void Check(DiskSpec disk)
    {
        if (disk.Backend == DiskBackend.Standalone || (disk.Backend == DiskBackend.Phy && disk.Format is not (DiskFormat.Raw or DiskFormat.Empty)))
        {
            throw new DeviceException($"the disk '{disk.Name}' cannot be had that way: leave backendtype= out");
        }

        if (disk.Script.Length == 0 && disk.Format != DiskFormat.Empty && !File.Exists(disk.Target))
        {
            throw new DeviceException($"the disk '{disk.Name}' is to be {disk.Target}, which is not there: correct its target");
        }
    }

    // Without a script: QEMU opens the file by itself.
    private static List<KeyValuePair<string, string>> QemuBackend(DiskSpec disk) =>
    [
        new("params", $"{Word(disk)}:{disk.Target}"),
        new("type", "qdisk"),
        .. Backend(disk).Where(static node => node.Key is not ("params" or "script" or "type")),
        new("direct-io-safe", disk.IsDirectSafe ? "1" : "0"),
    ];

    private static List<KeyValuePair<string, string>> Frontend(DiskSpec disk) =>
    [
        new("virtual-device", disk.Device.Number.ToString(CultureInfo.InvariantCulture)),
        new("device-type", disk.IsCdrom ? "cdrom" : "disk"),
        new("trusted", disk.IsTrusted ? "1" : "0"),
    ];

    private static List<KeyValuePair<string, string>> Backend(DiskSpec disk) =>
    [
        new("params", disk.Target),
        new("script", Hotplug.PathOf(disk.Script, "block")),
        new("removable", disk.IsCdrom ? "1" : "0"),
        new("bootable", "1"),
        new("dev", disk.Name),
        new("type", "phy"),
        new("mode", disk.IsReadOnly ? "r" : "w"),
        new("device-type", disk.IsCdrom ? "cdrom" : "disk"),
        new("discard-enable", disk.CanDiscard && !disk.IsReadOnly ? "1" : "0"),
        new("trusted", disk.IsTrusted ? "1" : "0"),
    ];
}
