using System;
using System.Collections.Generic;
using System.Globalization;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Writes and removes the nodes of a device, all halves at once. Source: <c>io/xenbus.h</c>, <c>io/blkif.h</c>, <c>io/netif.h</c>.</summary>
public static class DeviceNodes
{
    /// <summary>Makes a device known: the drivers of both sides begin when they see it.</summary>
    /// <param name="frontend">What the guest's half says beside the common nodes.</param>
    /// <param name="backend">What the serving half says beside the common nodes.</param>
    public static void Write(StoreClient store, DevicePaths paths, IReadOnlyList<KeyValuePair<string, string>> frontend, IReadOnlyList<KeyValuePair<string, string>> backend) =>
        store.Commit(transaction =>
        {
            var batch = new StoreBatch(store, transaction);
            string guest = paths.Domain.Value.ToString(CultureInfo.InvariantCulture);
            batch.Make(paths.Record, StoreBatch.Ours);
            batch.WriteAll(paths.Record, [new("frontend", paths.Frontend), new("backend", paths.BackendPath), .. backend]);
            batch.Make(paths.Frontend, StoreBatch.OwnedByReadableByUs(paths.Domain));
            batch.WriteAll(paths.Frontend,
            [
                new("backend", paths.BackendPath),
                new("backend-id", paths.Backend.Value.ToString(CultureInfo.InvariantCulture)),
                new("state", "1"), .. frontend,
            ]);
            batch.Make(paths.BackendPath, StoreBatch.ReadableBy(paths.Domain));
            batch.WriteAll(paths.BackendPath, [new("frontend", paths.Frontend), new("frontend-id", guest), new("online", "1"), new("state", "1"), .. backend]);
            batch.Finish();
        });

    /// <summary>Removes all nodes of a device, and folders that are empty then.</summary>
    public static void Remove(StoreClient store, DevicePaths paths) => store.Commit(transaction =>
    {
        foreach (string path in (ReadOnlySpan<string>)[paths.Frontend, paths.BackendPath, paths.Record])
        {
            store.Remove(path, transaction);
            for (string folder = Parent(path); folder.Split('/').Length > 4 && store.List(folder, transaction).Count == 0; folder = Parent(folder))
            {
                store.Remove(folder, transaction);
            }
        }
    });

    private static string Parent(string path) => path[..path.LastIndexOf('/')];
}
