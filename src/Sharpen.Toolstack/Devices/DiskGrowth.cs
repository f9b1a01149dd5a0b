using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Xen;
using Sharpen.Xen.Native;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Has guests see by themselves that the files or block devices behind their disks grow. The kernel tells when one may have; since it
/// tells of each write to a file too, files that are written to are looked at once a second, and others cost nothing.</summary>
public sealed class DiskGrowth : IDisposable
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(1);

    private readonly Action<DomainId, string> _log;
    private readonly SizeNotices _notices = new();
    private readonly List<GrowingDisk> _disks = [];
    private long _lastLook;
    private bool _hasFileChanged;
    private bool _hasDeviceChanged;

    private DiskGrowth(Action<DomainId, string> log) => _log = log;

    /// <summary>Looks at no disk yet.</summary>
    /// <param name="log">Told of which domain's disk has grown, and how.</param>
    /// <returns>Null when the kernel does not tell.</returns>
    public static DiskGrowth? Open(Action<DomainId, string> log)
    {
        try
        {
            return new DiskGrowth(log);
        }
        catch (XenException exception)
        {
            log(DomainId.Invalid, $"disks that grow are not noticed: {exception.Message}");
            return null;
        }
    }

    /// <summary>The file to poll: readable when there is something to <see cref="Tend"/>.</summary>
    public FileHandle Handle => _notices.Handle;

    /// <summary>How long to wait for <see cref="Handle"/> at most: then <see cref="Tend"/> has something to do.</summary>
    public TimeSpan Patience => !_hasFileChanged && !_hasDeviceChanged ? Timeout.InfiniteTimeSpan
        : TimeSpan.FromMilliseconds(Math.Max(0, _lastLook + (long)s_rest.TotalMilliseconds - Environment.TickCount64));

    /// <summary>Looks which disks a domain has now, and at them from here on.</summary>
    public void Look(StoreClient store, DomainId domain)
    {
        var found = new List<GrowingDisk>();
        foreach (var paths in DeviceRecords.List(store, domain, "vbd"))
        {
            if (paths.Kind == "vbd" && store.Find($"{paths.BackendPath}/physical-device-path") is { } device)
            {
                found.Add(_disks.Find(disk => disk.Paths == paths && disk.Device == device) ?? new GrowingDisk(paths, device));
            }
        }

        Forget(domain);
        _disks.AddRange(found);

        // Notices of the files are asked for with the next look at them.
        _hasFileChanged |= found.Count > 0;
    }

    /// <summary>Looks at the disks of a domain no longer.</summary>
    public void Forget(DomainId domain) => _disks.RemoveAll(disk => disk.Paths.Domain == domain);

    /// <summary>Looks, if it is time, at what the kernel told of, and lets the guests know of what has grown.</summary>
    public void Tend(StoreClient store)
    {
        (bool file, bool device) = _notices.Take();
        _hasFileChanged |= file;
        _hasDeviceChanged |= device;
        if (Patience != TimeSpan.Zero)
        {
            return;
        }

        bool looksAtDevices = _hasDeviceChanged;
        (_hasFileChanged, _hasDeviceChanged) = (false, false);
        _lastLook = Environment.TickCount64;
        foreach (var disk in _disks)
        {
            // The notice first: what happens behind it is told again.
            _ = disk.File.Length > 0 && _notices.Add(disk.File);
            if (disk.HasGrown(looksAtDevices))
            {
                Grow(store, disk);
            }
        }
    }

    public void Dispose() => _notices.Dispose();

    // A guest that is not connected takes the new size over when it connects.
    private void Grow(StoreClient store, GrowingDisk disk)
    {
        string name = new VirtualDisk(disk.Paths.Number).ToString();
        try
        {
            if (disk.TakeOver())
            {
                ulong sectors = DiskResizing.Refresh(store, disk.Paths);
                _log(disk.Paths.Domain, $"disk {name} has grown to {sectors * 512} bytes");
            }
        }
        catch (Exception exception) when (exception is DeviceException or IOException)
        {
            _log(disk.Paths.Domain, $"disk {name} has grown: {exception.Message}");
        }
    }
}
