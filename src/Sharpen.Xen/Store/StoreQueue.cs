using System;
using System.Collections.Generic;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Xen.Store;

/// <summary>Changes of nodes that are sent together, without waiting for the answer to each. Whether they were done is known only after
/// <see cref="Finish"/>, and those behind a refused one were done nevertheless: it is for changes of a transaction, which is given up then. Not safe for threads.</summary>
public sealed class StoreQueue
{
    private readonly StoreClient _client;
    private readonly uint _transaction;
    private readonly StoreRequests _requests = new();
    private readonly List<(StoreMessage Type, string Path)> _asked = [];

    internal StoreQueue(StoreClient client, uint transaction)
    {
        _client = client;
        _transaction = transaction;
    }

    /// <summary>Sets the value of a node, which is made if it was not there, and its parents too.</summary>
    public void Write(string path, string value)
    {
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = most <= 512 ? stackalloc byte[512] : new byte[most];
        Add(StoreMessage.Write, bytes[..Encoding.UTF8.GetBytes(value, bytes)], path);
    }

    /// <summary>Makes a node, empty, if it is not there.</summary>
    public void MakeDirectory(string path) => Add(StoreMessage.MakeDirectory, [], path);

    /// <summary>Removes a node and all below it; one that is not there is no error.</summary>
    public void Remove(string path) => Add(StoreMessage.Remove, [], path);

    /// <summary>Says who may do what with a node; the first is its owner.</summary>
    public void SetPermissions(string path, ReadOnlySpan<StorePermission> permissions)
    {
        string[] parts = new string[1 + permissions.Length];
        parts[0] = path;
        for (int index = 0; index < permissions.Length; index++)
        {
            parts[index + 1] = permissions[index].ToString();
        }

        Add(StoreMessage.SetPermissions, [], parts);
    }

    /// <summary>Tells the store of a new domain and its ring.</summary>
    /// <param name="domain">Which.</param>
    /// <param name="page">The frame of the ring.</param>
    /// <param name="port">The domain's port for it.</param>
    public void Introduce(DomainId domain, Gfn page, EventPort port) => Add(StoreMessage.Introduce, [], $"{domain.Value}", $"{page.Value}", $"{port.Value}");

    /// <summary>Tells the store that a domain is gone; one that it does not know (any more) is no error.</summary>
    public void Release(DomainId domain) => Add(StoreMessage.Release, [], $"{domain.Value}");

    /// <summary>Waits until all is done.</summary>
    /// <exception cref="XenException">Something was refused: the first of it.</exception>
    public void Finish()
    {
        if (_requests.Count == 0)
        {
            return;
        }

        StoreAnswer[] answers = _client.Exchange(_requests);
        for (int index = 0; index < answers.Length; index++)
        {
            var (type, path) = _asked[index];
            Errno error = answers[index].Error;
            if (error != Errno.None && !IsDone(type, error))
            {
                Clear();
                throw StoreClient.Refused(type, [path], error);
            }
        }

        Clear();
    }

    // What is not there need not be taken away.
    private static bool IsDone(StoreMessage type, Errno error) =>
        (type, error) is (StoreMessage.Remove, Errno.NoEnt) or (StoreMessage.Release, Errno.NoEnt or Errno.Inval);

    private void Clear()
    {
        _requests.Clear();
        _asked.Clear();
    }

    private void Add(StoreMessage type, ReadOnlySpan<byte> value, params ReadOnlySpan<string> parts)
    {
        if (!_requests.TryAdd(type, _transaction, parts, value))
        {
            Finish();
            if (!_requests.TryAdd(type, _transaction, parts, value))
            {
                throw StoreClient.Refused(type, parts, Errno.TooBig);
            }
        }

        _asked.Add((type, parts[0]));
    }
}
