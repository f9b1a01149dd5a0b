using System;
using System.Collections.Generic;
using System.Text;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <summary>
/// The store: requests in, answers and events out, into the queues of its clients. It knows no sockets, rings, files or clocks; one
/// thread uses it. A request's effect is told to the log before its answer is queued. Source: <c>io/xs_wire.h</c>, <c>xenstore.txt</c>.
/// </summary>
public sealed partial class StoreEngine
{
    private static readonly byte[] s_ok = "OK\0"u8.ToArray();
    private readonly IRings _rings;
    private readonly IStoreLog _log;
    private readonly NodeCounts _counts = new();
    private readonly WatchIndex _watches = new();
    private readonly HashSet<Client> _clients = [];
    private readonly SortedDictionary<ushort, IntroducedDomain> _domains = [];
    private readonly Dictionary<string, Permissions> _special = new(StringComparer.Ordinal);
    private readonly List<Watch> _fired = [];
    private readonly List<(Watch Watch, Node Node)> _firedBelow = [];
    private NodeTree _tree = new();
    private int _lastClient;

    /// <summary>A store with nothing in it but what every store has.</summary>
    public StoreEngine(Quotas quotas, IRings rings, IStoreLog log)
    {
        Quotas = quotas;
        _rings = rings;
        _log = log;
        Apply(Actor.Control, new Change(ChangeKind.MakeDirectory, "/tool/xenstored", [], Permissions.Private));
        _counts.Add(Permissions.Private, 1);
    }

    /// <summary>Limits for those who are not privileged.</summary>
    public Quotas Quotas { get; }

    /// <summary>The nodes.</summary>
    public NodeTree Tree => _tree;

    /// <summary>The domains with rings, by id.</summary>
    public IReadOnlyCollection<IntroducedDomain> Domains => _domains.Values;

    /// <summary>Everybody who is connected.</summary>
    public IReadOnlyCollection<Client> Clients => _clients;

    /// <summary>How many nodes a domain owns.</summary>
    public int CountNodes(ushort domain) => _counts.Of(domain);

    /// <summary>A program connected to the socket; it may do what the control domain may.</summary>
    public Client Connect()
    {
        Client client = new(++_lastClient, Actor.Control, isRing: false);
        _ = _clients.Add(client);
        return client;
    }

    /// <summary>A client is gone, and with it its watches and transactions.</summary>
    public void Disconnect(Client client)
    {
        foreach (Watch watch in client.Watches.Values)
        {
            _watches.Remove(watch);
        }

        client.Watches.Clear();
        client.Transactions.Clear();
        client.Parked.Clear();
        client.ForgetEvents();
        _ = _clients.Remove(client);
    }

    /// <summary>Does what a client asks; the answer is in its queue afterwards.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="request">What, with any numbers in it.</param>
    /// <param name="payload">What follows; at most <see cref="StoreHeader.MostPayload"/> bytes.</param>
    public void Handle(Client client, in StoreHeader request, ReadOnlySpan<byte> payload)
    {
        Errno error = Dispatch(client, in request, payload);
        if (error != Errno.None)
        {
            Span<byte> text = stackalloc byte[32];
            int length = Encoding.ASCII.GetBytes(ErrorName(error), text);
            text[length] = 0;
            client.Answer(in request, StoreMessage.Error, text[..(length + 1)]);
        }
    }

    /// <summary>The name of an error that every client knows: the protocol has few.</summary>
    private static string ErrorName(Errno error) => error switch
    {
        Errno.Inval or Errno.Acces or Errno.Exist or Errno.IsDir or Errno.NoEnt or Errno.NoMem or Errno.NoSpc or Errno.Io or Errno.NotEmpty or Errno.NoSys
            or Errno.RoFs or Errno.Busy or Errno.Again or Errno.IsConn or Errno.TooBig or Errno.Perm => ErrnoText.Name(error),
        _ => "EIO",
    };

    private Errno Dispatch(Client client, in StoreHeader request, ReadOnlySpan<byte> payload)
    {
        Transaction? transaction = null;
        if (request.Transaction != 0 && !client.Transactions.TryGetValue(request.Transaction, out transaction))
        {
            return Errno.NoEnt;
        }

        RequestText text = new(payload);
        return request.Type switch
        {
            StoreMessage.Directory => List(client, in request, transaction, text),
            StoreMessage.DirectoryPart => ListPart(client, in request, transaction, text),
            StoreMessage.Read => Read(client, in request, transaction, text),
            StoreMessage.GetPermissions => GetPermissions(client, in request, transaction, text),
            StoreMessage.Write => Write(client, in request, transaction, text),
            StoreMessage.MakeDirectory => ChangeNode(client, in request, transaction, text, ChangeKind.MakeDirectory),
            StoreMessage.Remove => ChangeNode(client, in request, transaction, text, ChangeKind.Remove),
            StoreMessage.SetPermissions => SetPermissions(client, in request, transaction, text),
            StoreMessage.TransactionStart => Begin(client, in request, transaction),
            StoreMessage.TransactionEnd => End(client, in request, transaction, text),
            StoreMessage.Control => client.Actor.IsPrivileged ? Control(client, in request, transaction, text) : Errno.Acces,
            StoreMessage.Watch => SetWatch(client, in request, text),
            StoreMessage.Unwatch => EndWatch(client, in request, text),
            StoreMessage.ResetWatches => ResetWatches(client, in request),
            StoreMessage.GetDomainPath => GetDomainPath(client, in request, text),
            StoreMessage.Introduce or StoreMessage.Release or StoreMessage.Resume or StoreMessage.SetTarget or StoreMessage.IsDomainIntroduced
                => client.Actor.IsPrivileged ? Manage(client, in request, text) : Errno.Acces,
            _ => Errno.NoSys,
        };
    }

    private Errno Manage(Client client, in StoreHeader request, RequestText text) => request.Type switch
    {
        StoreMessage.Introduce => Introduce(client, in request, text),
        StoreMessage.Release => Release(client, in request, text),
        StoreMessage.Resume => Resume(client, in request, text),
        StoreMessage.SetTarget => SetTarget(client, in request, text),
        _ => IsIntroduced(client, in request, text),
    };

    private static Errno Acknowledge(Client client, in StoreHeader request)
    {
        client.Answer(in request, request.Type, s_ok);
        return Errno.None;
    }

    private static Errno Answer(Client client, in StoreHeader request, string text)
    {
        client.Answer(in request, request.Type, Encoding.Latin1.GetBytes(text));
        return Errno.None;
    }
}
