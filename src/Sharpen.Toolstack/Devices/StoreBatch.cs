using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Nodes that are written together, with who may read them. A new node takes over the permissions of its parent. They are written
/// when <see cref="Finish"/> returns.</summary>
/// <param name="store">The store.</param>
/// <param name="transaction">What they belong to.</param>
public sealed class StoreBatch(StoreClient store, StoreTransaction transaction)
{
    private readonly StoreQueue _queue = store.Queue(transaction);

    /// <summary>dom0 writes, nobody reads.</summary>
    public static StorePermission[] Ours => [new(StoreAccess.None, new DomainId(0))];

    /// <summary>dom0 writes, one domain reads.</summary>
    public static StorePermission[] ReadableBy(DomainId domain) => [new(StoreAccess.None, new DomainId(0)), new(StoreAccess.Read, domain)];

    /// <summary>The domain writes, and dom0, which may everything.</summary>
    public static StorePermission[] OwnedBy(DomainId domain) => [new(StoreAccess.None, domain)];

    /// <summary>The domain writes, dom0 reads.</summary>
    public static StorePermission[] OwnedByReadableByUs(DomainId domain) => [new(StoreAccess.None, domain), new(StoreAccess.Read, new DomainId(0))];

    /// <summary>Writes a node.</summary>
    public void Write(string path, string value, StorePermission[]? permissions = null)
    {
        _queue.Write(path, value);
        if (permissions is not null)
        {
            _queue.SetPermissions(path, permissions);
        }
    }

    /// <summary>Makes an empty node.</summary>
    public void Make(string path, StorePermission[]? permissions = null)
    {
        _queue.MakeDirectory(path);
        if (permissions is not null)
        {
            _queue.SetPermissions(path, permissions);
        }
    }

    /// <summary>Writes nodes below another.</summary>
    public void WriteAll(string path, IEnumerable<KeyValuePair<string, string>> nodes)
    {
        foreach (var (name, value) in nodes)
        {
            _queue.Write($"{path}/{name}", value);
        }
    }

    /// <summary>Removes a node and all below it, if it is there.</summary>
    public void Remove(string path) => _queue.Remove(path);

    /// <summary>Waits until all is done.</summary>
    public void Finish() => _queue.Finish();
}
