using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <content>Becoming again what the log says; nothing of it is logged or told.</content>
public sealed partial class StoreEngine
{
    private static readonly Quotas s_unlimited = Unlimited();

    /// <summary>A node as it was.</summary>
    public void RestoreNode(string path, byte[] value, Permissions permissions)
    {
        if (_tree.Find(path) is { } node)
        {
            _counts.Add(node.Permissions, -1);
        }

        _tree.Set(path, value, permissions);
        _counts.Add(permissions, 1);
    }

    /// <summary>A change that was made.</summary>
    public void RestoreChange(Actor actor, in Change change)
    {
        if (StorePath.IsSpecial(change.Path))
        {
            _special[change.Path] = change.Permissions;
            return;
        }

        _ = new TreeEditor(_tree, _counts, s_unlimited, actor).Apply(in change, out _);
    }

    /// <summary>A domain that was introduced, without its ring.</summary>
    public IntroducedDomain RestoreDomain(ushort id, ulong page, uint port, bool isShutdown, ushort target)
    {
        if (!_domains.TryGetValue(id, out IntroducedDomain? domain))
        {
            domain = new IntroducedDomain(new Client(++_lastClient, new Actor(id, id, id == 0), isRing: true), page, port);
            _domains.Add(id, domain);
            _ = _clients.Add(domain.Client);
        }

        (domain.Page, domain.Port, domain.IsShutdown) = (page, port, isShutdown);
        domain.Client.Actor = domain.Client.Actor with { Target = target };
        return domain;
    }

    /// <summary>A domain that was gone again.</summary>
    public void RestoreRelease(ushort id)
    {
        if (_domains.Remove(id, out IntroducedDomain? domain))
        {
            Disconnect(domain.Client);
        }

        Forget(id);
    }

    /// <summary>A watch that a domain set.</summary>
    public void RestoreWatch(ushort id, string path, string token, int hidden)
    {
        if (FindDomain(id) is { } domain && !domain.Client.Watches.ContainsKey((path, token)))
        {
            Add(new Watch(domain.Client, path, token, hidden));
        }
    }

    /// <summary>A watch that a domain ended.</summary>
    public void RestoreUnwatch(ushort id, string path, string token)
    {
        if (FindDomain(id) is { } domain && domain.Client.Watches.Remove((path, token), out Watch? watch))
        {
            _watches.Remove(watch);
        }
    }

    /// <summary>A transaction that a domain began. What it did is not kept: it will conflict, and its owner tries again.</summary>
    public void RestoreTransaction(ushort id, uint transaction)
    {
        if (FindDomain(id) is { } domain)
        {
            domain.Client.Transactions[transaction] = new Transaction(transaction, _tree, _counts, isDoomed: true);
            domain.Client.LastTransaction = transaction;
        }
    }

    /// <summary>A transaction that a domain ended.</summary>
    public void RestoreEnd(ushort id, uint transaction)
    {
        if (FindDomain(id) is { } domain)
        {
            _ = domain.Client.Transactions.Remove(transaction);
        }
    }

    /// <summary>A limit that was changed.</summary>
    public void RestoreLimit(string name, int limit) => _ = Quotas.TryChange(name, limit);

    /// <summary>A program at the socket that stays connected.</summary>
    /// <param name="watches">Its watches: path, token, hidden characters.</param>
    /// <param name="transactions">Its open transactions; they will conflict.</param>
    /// <param name="last">Its last transaction.</param>
    public Client RestoreProgram(IEnumerable<(string Path, string Token, int Hidden)> watches, IEnumerable<uint> transactions, uint last)
    {
        Client client = Connect();
        foreach ((string path, string token, int hidden) in watches)
        {
            Watch watch = new(client, path, token, hidden);
            Add(watch);
            client.Tell(watch, path);
        }

        foreach (uint transaction in transactions)
        {
            client.Transactions[transaction] = new Transaction(transaction, _tree, _counts, isDoomed: true);
        }

        client.LastTransaction = last;
        return client;
    }

    /// <summary>After all was restored: attaches the rings, and tells every watcher once, since events may be lost.</summary>
    public void Resume()
    {
        foreach (IntroducedDomain domain in new List<IntroducedDomain>(_domains.Values))
        {
            if (_rings.Attach(domain) != Errno.None)
            {
                Gone(domain.Id);
                continue;
            }

            foreach (Watch watch in domain.Client.Watches.Values)
            {
                domain.Client.Tell(watch, watch.Path);
            }
        }
    }

    /// <summary>Tells a log everything that it needs to become this again.</summary>
    public void Dump(IStoreDump dump)
    {
        DumpNode("/", _tree.Root, dump);
        foreach ((string name, int limit) in Quotas.Changed)
        {
            dump.Limited(name, limit);
        }

        foreach ((string name, Permissions permissions) in _special)
        {
            dump.Changed(Actor.Control, new Change(ChangeKind.SetPermissions, name, [], permissions));
        }

        foreach (IntroducedDomain domain in _domains.Values)
        {
            dump.Introduced(domain);
            foreach (Watch watch in domain.Client.Watches.Values)
            {
                dump.Watched(watch);
            }

            foreach (uint transaction in domain.Client.Transactions.Keys)
            {
                dump.Began(domain.Client, transaction);
            }
        }
    }

    private static void DumpNode(string path, Node node, IStoreDump dump)
    {
        dump.Node(path, node);
        foreach (Node child in node.Children)
        {
            DumpNode(path.Length == 1 ? $"/{child.Name}" : $"{path}/{child.Name}", child, dump);
        }
    }

    private static Quotas Unlimited()
    {
        Quotas quotas = new();
        foreach (string name in (string[])["nodes", "node-size", "node-permissions"])
        {
            _ = quotas.TrySet(name, int.MaxValue);
        }

        return quotas;
    }
}
