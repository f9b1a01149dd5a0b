using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Store;

/// <summary>
/// A client of the store. It has no thread of its own: who waits for an answer, or for an event, reads; events that come meanwhile are
/// kept in order. Every refusal is a <see cref="XenException"/>. Safe for threads. Source: <c>io/xs_wire.h</c>.
/// </summary>
public sealed partial class StoreClient : IDisposable
{
    private static readonly string[] s_sockets = ["/run/xenstored/socket", "/var/run/xenstored/socket"];
    private readonly StoreChannel _channel;
    private readonly Lock _talking = new();
    private readonly Queue<StoreEvent> _events = new();
    private readonly WakeUp _arrived = new();
    private readonly byte[] _message = new byte[StoreHeader.Size + StoreHeader.MostPayload];
    private uint _lastRequest;

    private StoreClient(StoreChannel channel) => _channel = channel;

    /// <summary>Connects to the store: by the socket of its daemon when that runs here, otherwise through the kernel.</summary>
    /// <exception cref="XenException">Neither is there.</exception>
    public static StoreClient Open()
    {
        foreach (string path in s_sockets)
        {
            if (File.Exists(path))
            {
                return OpenSocket(path);
            }
        }

        return OpenDevice();
    }

    /// <summary>Connects by a socket.</summary>
    public static StoreClient OpenSocket(string path) => new(StoreChannel.OpenSocket(path));

    /// <summary>Connects through the kernel, and so through this domain's ring.</summary>
    public static StoreClient OpenDevice() => new(StoreChannel.OpenDevice("/dev/xen/xenbus", "/proc/xen/xenbus"));

    /// <summary>The value of a node as text; null when there is no such node.</summary>
    public string? Find(string path, StoreTransaction? transaction = null) =>
        TryAsk(StoreMessage.Read, $"read {path} in the store", transaction, Errno.NoEnt, path) is { } value ? Text(value) : null;

    /// <summary>The value of a node as text.</summary>
    public string Read(string path, StoreTransaction? transaction = null) => Text(ReadBytes(path, transaction));

    /// <summary>The value of a node.</summary>
    public byte[] ReadBytes(string path, StoreTransaction? transaction = null) => Ask(StoreMessage.Read, $"read {path} in the store", transaction, path);

    /// <summary>Sets the value of a node, which is made if it was not there, and its parents too.</summary>
    public void Write(string path, string value, StoreTransaction? transaction = null) => Write(path, Encoding.UTF8.GetBytes(value), transaction);

    /// <summary>Sets the value of a node, which is made if it was not there, and its parents too.</summary>
    public void Write(string path, ReadOnlySpan<byte> value, StoreTransaction? transaction = null) =>
        Talk(StoreMessage.Write, $"write {path} in the store", transaction?.Id ?? 0, Join(value, path));

    /// <summary>Makes a node, empty, if it is not there.</summary>
    public void MakeDirectory(string path, StoreTransaction? transaction = null) => Ask(StoreMessage.MakeDirectory, $"make {path} in the store", transaction, path);

    /// <summary>Removes a node and all below it.</summary>
    /// <returns>False when neither it nor its parent was there.</returns>
    public bool Remove(string path, StoreTransaction? transaction = null) =>
        TryAsk(StoreMessage.Remove, $"remove {path} in the store", transaction, Errno.NoEnt, path) is not null;

    /// <summary>The names of the nodes right below a node; empty when it is not there.</summary>
    public IReadOnlyList<string> List(string path, StoreTransaction? transaction = null)
    {
        string operation = $"list {path} in the store";
        try
        {
            return TryAsk(StoreMessage.Directory, operation, transaction, Errno.NoEnt, path) is { } names ? Split(names) : [];
        }
        catch (XenException refused) when (refused.Error == Errno.TooBig)
        {
            return ListByParts(path, operation, transaction);
        }
    }

    /// <summary>Who may do what with a node; the first is its owner.</summary>
    public IReadOnlyList<StorePermission> GetPermissions(string path, StoreTransaction? transaction = null)
    {
        List<StorePermission> permissions = [];
        foreach (string text in Split(Ask(StoreMessage.GetPermissions, $"get the permissions of {path} in the store", transaction, path)))
        {
            if (StorePermission.TryParse(text, out StorePermission permission))
            {
                permissions.Add(permission);
            }
        }

        return permissions;
    }

    /// <summary>Says who may do what with a node; the first is its owner.</summary>
    public void SetPermissions(string path, IEnumerable<StorePermission> permissions, StoreTransaction? transaction = null)
    {
        List<string> parts = [path];
        foreach (StorePermission permission in permissions)
        {
            parts.Add(permission.ToString());
        }

        _ = Ask(StoreMessage.SetPermissions, $"set the permissions of {path} in the store", transaction, [.. parts]);
    }

    /// <summary>Begins a transaction; disposing it uncommitted drops what it did.</summary>
    public StoreTransaction Begin() =>
        new(this, uint.Parse(Text(Ask(StoreMessage.TransactionStart, "begin a transaction of the store", null, "")).TrimEnd('\0'), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Does something in a transaction, again and again until nobody was in its way.</summary>
    public void Commit(Action<StoreTransaction> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        while (true)
        {
            using StoreTransaction transaction = Begin();
            work(transaction);
            if (transaction.TryCommit())
            {
                return;
            }
        }
    }

    /// <summary>Watches a node and all below it; fires once at once.</summary>
    /// <param name="path">Which; or <c>@introduceDomain</c>, <c>@releaseDomain</c>.</param>
    /// <param name="token">Comes with each event; the pair must be new.</param>
    public void Watch(string path, string token) => Ask(StoreMessage.Watch, $"watch {path} in the store", null, path, token);

    /// <summary>Ends a watch; events of it that are kept already still come.</summary>
    public void Unwatch(string path, string token) => Ask(StoreMessage.Unwatch, $"unwatch {path} in the store", null, path, token);

    /// <summary>Tells the store of a new domain and its ring.</summary>
    /// <param name="domain">Which.</param>
    /// <param name="page">The frame of the ring.</param>
    /// <param name="port">The domain's port for it.</param>
    public void Introduce(DomainId domain, Gfn page, EventPort port) =>
        Ask(StoreMessage.Introduce, $"introduce domain {domain.Value} to the store", null, $"{domain.Value}", $"{page.Value}", $"{port.Value}");

    /// <summary>Tells the store that a domain is gone.</summary>
    public void Release(DomainId domain) => Ask(StoreMessage.Release, $"release domain {domain.Value} from the store", null, $"{domain.Value}");

    /// <summary>Whether the store was told of a domain.</summary>
    public bool IsIntroduced(DomainId domain) =>
        Text(Ask(StoreMessage.IsDomainIntroduced, $"ask the store for domain {domain.Value}", null, $"{domain.Value}")).StartsWith('T');

    /// <summary>Lets the store speak again of a domain whose end it told already.</summary>
    public void Resume(DomainId domain) => Ask(StoreMessage.Resume, $"resume domain {domain.Value} in the store", null, $"{domain.Value}");

    /// <summary>Lets a domain act in the store as another too.</summary>
    public void SetTarget(DomainId domain, DomainId target) =>
        Ask(StoreMessage.SetTarget, $"set the target of domain {domain.Value} in the store", null, $"{domain.Value}", $"{target.Value}");

    /// <summary>Where a domain's own nodes are.</summary>
    public string GetDomainPath(DomainId domain) => Text(Ask(StoreMessage.GetDomainPath, "ask the store for a path", null, $"{domain.Value}")).TrimEnd('\0');

    /// <summary>Asks the daemon itself something.</summary>
    public string Control(params string[] command) => Text(Ask(StoreMessage.Control, $"have the store do {string.Join(' ', command)}", null, command)).TrimEnd('\0');

    public void Dispose()
    {
        _channel.Dispose();
        _arrived.Dispose();
    }

    internal void End(uint transaction, bool commit) =>
        Talk(StoreMessage.TransactionEnd, "end a transaction of the store", transaction, commit ? "T\0"u8 : "F\0"u8);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static string[] Split(ReadOnlySpan<byte> bytes) => Text(bytes).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Join(ReadOnlySpan<byte> value, params ReadOnlySpan<string> parts)
    {
        int length = value.Length;
        foreach (string part in parts)
        {
            length += Encoding.UTF8.GetByteCount(part) + 1;
        }

        byte[] all = new byte[length];
        int at = 0;
        foreach (string part in parts)
        {
            at += Encoding.UTF8.GetBytes(part, all.AsSpan(at)) + 1;
        }

        value.CopyTo(all.AsSpan(at));
        return all;
    }

    private List<string> ListByParts(string path, string operation, StoreTransaction? transaction)
    {
        while (true)
        {
            List<byte> all = [];
            string? generation = null;
            while (true)
            {
                byte[] answer = Ask(StoreMessage.DirectoryPart, operation, transaction, path, $"{all.Count}");
                int end = Array.IndexOf(answer, (byte)0);
                string now = Text(answer.AsSpan(0, end));
                if ((generation ??= now) != now)
                {
                    break;
                }

                ReadOnlySpan<byte> part = answer.AsSpan(end + 1);
                bool last = part.Length == 0 || (part.Length >= 1 && part[^1] == 0 && (part.Length == 1 || part[^2] == 0));
                all.AddRange(last && part.Length > 0 ? part[..^1] : part);
                if (last)
                {
                    return [.. Split(all.ToArray())];
                }
            }
        }
    }

    private byte[]? TryAsk(StoreMessage type, string operation, StoreTransaction? transaction, Errno accepted, params ReadOnlySpan<string> parts)
    {
        try
        {
            return Ask(type, operation, transaction, parts);
        }
        catch (XenException refused) when (refused.Error == accepted)
        {
            return null;
        }
    }

    private byte[] Ask(StoreMessage type, string operation, StoreTransaction? transaction, params ReadOnlySpan<string> parts) =>
        Talk(type, operation, transaction?.Id ?? 0, Join([], parts));
}
