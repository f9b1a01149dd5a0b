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
    private readonly StoreRequests _request = new();
    private uint _lastRequest;
    private bool _hasArrived;

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
        TryAsk(StoreMessage.Read, transaction, Errno.NoEnt, path) is { } value ? Text(value) : null;

    /// <summary>The values of nodes as text, asked for together; null where there is no such node.</summary>
    public string?[] FindAll(ReadOnlySpan<string> paths, StoreTransaction? transaction = null)
    {
        string?[] values = new string?[paths.Length];
        StoreRequests requests = new();
        for (int done = 0; done < paths.Length;)
        {
            int next = done;
            requests.Clear();
            while (next < paths.Length && requests.TryAdd(StoreMessage.Read, transaction?.Id ?? 0, [paths[next]], []))
            {
                next++;
            }

            if (next == done)
            {
                throw Refused(StoreMessage.Read, [paths[done]], Errno.TooBig);
            }

            foreach (StoreAnswer answer in Exchange(requests))
            {
                values[done] = answer.Error switch
                {
                    Errno.None => Text(answer.Data),
                    Errno.NoEnt => null,
                    _ => throw Refused(StoreMessage.Read, [paths[done]], answer.Error),
                };
                done++;
            }
        }

        return values;
    }

    /// <summary>The value of a node as text.</summary>
    public string Read(string path, StoreTransaction? transaction = null) => Text(ReadBytes(path, transaction));

    /// <summary>The value of a node.</summary>
    public byte[] ReadBytes(string path, StoreTransaction? transaction = null) => Ask(StoreMessage.Read, transaction, path);

    /// <summary>Sets the value of a node, which is made if it was not there, and its parents too.</summary>
    public void Write(string path, string value, StoreTransaction? transaction = null) => Write(path, Encoding.UTF8.GetBytes(value), transaction);

    /// <summary>Sets the value of a node, which is made if it was not there, and its parents too.</summary>
    public void Write(string path, ReadOnlySpan<byte> value, StoreTransaction? transaction = null) =>
        Talk(StoreMessage.Write, transaction?.Id ?? 0, Errno.None, value, path);

    /// <summary>Makes a node, empty, if it is not there.</summary>
    public void MakeDirectory(string path, StoreTransaction? transaction = null) => Ask(StoreMessage.MakeDirectory, transaction, path);

    /// <summary>Removes a node and all below it.</summary>
    /// <returns>False when neither it nor its parent was there.</returns>
    public bool Remove(string path, StoreTransaction? transaction = null) => TryAsk(StoreMessage.Remove, transaction, Errno.NoEnt, path) is not null;

    /// <summary>Changes to be sent together.</summary>
    public StoreQueue Queue(StoreTransaction? transaction = null) => new(this, transaction?.Id ?? 0);

    /// <summary>The names of the nodes right below a node; empty when it is not there.</summary>
    public IReadOnlyList<string> List(string path, StoreTransaction? transaction = null)
    {
        try
        {
            return TryAsk(StoreMessage.Directory, transaction, Errno.NoEnt, path) is { } names ? Split(names) : [];
        }
        catch (XenException refused) when (refused.Error == Errno.TooBig)
        {
            return ListByParts(path, transaction);
        }
    }

    /// <summary>Who may do what with a node; the first is its owner.</summary>
    public IReadOnlyList<StorePermission> GetPermissions(string path, StoreTransaction? transaction = null)
    {
        List<StorePermission> permissions = [];
        foreach (string text in Split(Ask(StoreMessage.GetPermissions, transaction, path)))
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

        _ = Ask(StoreMessage.SetPermissions, transaction, [.. parts]);
    }

    /// <summary>Begins a transaction; disposing it uncommitted drops what it did.</summary>
    public StoreTransaction Begin() =>
        new(this, uint.Parse(Text(Ask(StoreMessage.TransactionStart, null, "")).TrimEnd('\0'), System.Globalization.CultureInfo.InvariantCulture));

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
    public void Watch(string path, string token) => Ask(StoreMessage.Watch, null, path, token);

    /// <summary>Ends a watch; events of it that are kept already still come.</summary>
    public void Unwatch(string path, string token) => Ask(StoreMessage.Unwatch, null, path, token);

    /// <summary>Tells the store of a new domain and its ring.</summary>
    /// <param name="domain">Which.</param>
    /// <param name="page">The frame of the ring.</param>
    /// <param name="port">The domain's port for it.</param>
    public void Introduce(DomainId domain, Gfn page, EventPort port) => Ask(StoreMessage.Introduce, null, $"{domain.Value}", $"{page.Value}", $"{port.Value}");

    /// <summary>Tells the store that a domain is gone.</summary>
    public void Release(DomainId domain) => Ask(StoreMessage.Release, null, $"{domain.Value}");

    /// <summary>Whether the store was told of a domain.</summary>
    public bool IsIntroduced(DomainId domain) => Text(Ask(StoreMessage.IsDomainIntroduced, null, $"{domain.Value}")).StartsWith('T');

    /// <summary>Lets the store speak again of a domain whose end it told already.</summary>
    public void Resume(DomainId domain) => Ask(StoreMessage.Resume, null, $"{domain.Value}");

    /// <summary>Lets a domain act in the store as another too.</summary>
    public void SetTarget(DomainId domain, DomainId target) => Ask(StoreMessage.SetTarget, null, $"{domain.Value}", $"{target.Value}");

    /// <summary>Where a domain's own nodes are.</summary>
    public string GetDomainPath(DomainId domain) => Text(Ask(StoreMessage.GetDomainPath, null, $"{domain.Value}")).TrimEnd('\0');

    /// <summary>The watch for a domain's end: only for this one's where the daemon has that, as ours, otherwise for that of any.</summary>
    public string EndOf(DomainId domain)
    {
        StoreAnswer answer = Answer(StoreMessage.Control, 0, [], "features");
        return answer.Data.AsSpan().IndexOf("release-of-one\n"u8) >= 0 ? $"@releaseDomain/{domain.Value}" : "@releaseDomain";
    }

    /// <summary>The names of the nodes right below <paramref name="path"/> that have a node <paramref name="child"/> of a value; null when the daemon
    /// cannot look: only ours can. In a transaction it conflicts with whoever adds a node below the path, or sets its permissions.</summary>
    public IReadOnlyList<string>? FindBelow(string path, string child, string value, StoreTransaction? transaction = null)
    {
        StoreAnswer answer = Answer(StoreMessage.Control, transaction?.Id ?? 0, [], "find", path, child, value);
        return answer.Error == Errno.None ? Split(answer.Data) : null;
    }

    /// <summary>Asks the daemon itself something.</summary>
    public string Control(params string[] command) => Text(Ask(StoreMessage.Control, null, command)).TrimEnd('\0');

    public void Dispose()
    {
        _channel.Dispose();
        _arrived.Dispose();
    }

    /// <summary>Ends a transaction.</summary>
    /// <returns>False when it conflicts with what others did meanwhile.</returns>
    internal bool End(uint transaction, bool commit) =>
        Talk(StoreMessage.TransactionEnd, transaction, Errno.Again, [], commit ? "T" : "F") is not null;

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static string[] Split(ReadOnlySpan<byte> bytes) => Text(bytes).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private List<string> ListByParts(string path, StoreTransaction? transaction)
    {
        while (true)
        {
            List<byte> all = [];
            string? generation = null;
            while (true)
            {
                byte[] answer = Ask(StoreMessage.DirectoryPart, transaction, path, $"{all.Count}");
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

    private byte[]? TryAsk(StoreMessage type, StoreTransaction? transaction, Errno accepted, params ReadOnlySpan<string> parts) =>
        Talk(type, transaction?.Id ?? 0, accepted, [], parts);

    private byte[] Ask(StoreMessage type, StoreTransaction? transaction, params ReadOnlySpan<string> parts) =>
        Talk(type, transaction?.Id ?? 0, Errno.None, [], parts)!;
}
