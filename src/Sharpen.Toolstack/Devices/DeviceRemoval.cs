using System;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Takes devices away.</summary>
public static class DeviceRemoval
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Takes a device from a running guest.</summary>
    /// <param name="isForced">Do not ask the guest.</param>
    /// <exception cref="DeviceException">The guest does not let it go.</exception>
    public static void Detach(StoreClient store, DevicePaths paths, bool isForced, CancellationToken cancel)
    {
        Close(store, paths, isForced);
        if (!IsClosed(store, paths, cancel) && !isForced)
        {
            throw new DeviceException($"the guest does not let go of {paths.FrontendKind} {paths.Number}: it is in use there; unmount it, or use --force");
        }

        Finish(store, paths);
    }

    /// <summary>Takes all devices of a domain that ends, without asking it.</summary>
    public static void ReleaseAll(StoreClient store, DomainId domain, CancellationToken cancel)
    {
        var all = DeviceRecords.ListAll(store, domain);
        foreach (var paths in all)
        {
            Close(store, paths, isForced: true);
        }

        foreach (var paths in all)
        {
            _ = IsClosed(store, paths, cancel);
            Finish(store, paths);
        }
    }

    private static bool IsClosed(StoreClient store, DevicePaths paths, CancellationToken cancel) =>
        Xenbus.Wait(store, paths.BackendPath, static state => state is XenbusState.Closed or XenbusState.Unknown, s_patience, cancel);

    // A guest that is asked sees its backend close. One that is not asked has its half removed, which backends take for its end.
    private static void Close(StoreClient store, DevicePaths paths, bool isForced) => store.Commit(transaction =>
    {
        if (store.Find($"{paths.BackendPath}/state", transaction) is null or "6")
        {
            return;
        }

        store.Write($"{paths.BackendPath}/online", "0", transaction);
        store.Write($"{paths.BackendPath}/state", $"{(int)XenbusState.Closing}", transaction);
        if (isForced)
        {
            store.Remove(paths.Frontend, transaction);
        }
    });

    // The script undoes what it did; when it cannot, the nodes go nevertheless, so that nothing stands in the way of a new device.
    private static void Finish(StoreClient store, DevicePaths paths)
    {
        try
        {
            Hotplug.Remove(store, paths);
        }
        catch (Exception exception) when (exception is DeviceException or XenException)
        {
        }

        DeviceNodes.Remove(store, paths);
    }
}
