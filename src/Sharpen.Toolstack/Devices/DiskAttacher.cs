using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Gives disks to a domain: through the kernel's block backend.</summary>
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
        var paths = new DevicePaths("vbd", domain, disk.Device.Number, new DomainId(0));
        if (store.Find($"{paths.Record}/backend") is not null)
        {
            throw new DeviceException($"the guest has a disk '{disk.Name}' already: detach it first, or choose another name");
        }

        DeviceNodes.Write(store, paths, Frontend(disk), Backend(disk));
        try
        {
            if (!Xenbus.Wait(store, paths.BackendPath, static state => state >= XenbusState.InitWait, s_patience, cancel))
            {
                throw new DeviceException($"the kernel does not serve the disk '{disk.Name}': load its module with 'modprobe xen-blkback'");
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

    private static void Check(DiskSpec disk)
    {
        if (disk.Backend is DiskBackend.Qdisk or DiskBackend.Standalone || disk.Format is not (DiskFormat.Raw or DiskFormat.Empty))
        {
            throw new DeviceException($"the disk '{disk.Name}' needs QEMU as its backend, which this toolstack does not start: make it a raw file or a block device");
        }

        if (disk.Script.Length == 0 && disk.Format != DiskFormat.Empty && !File.Exists(disk.Target))
        {
            throw new DeviceException($"the disk '{disk.Name}' is to be {disk.Target}, which is not there: correct its target");
        }
    }

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
        new("discard-enable", disk.CanDiscard ? "1" : "0"),
        new("trusted", disk.IsTrusted ? "1" : "0"),
    ];
}
