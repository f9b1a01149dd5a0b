using System.Collections.Generic;
using Sharpen.Xen.Store;

namespace Sharpen.Xenstored.Tree;

/// <summary>How many nodes each domain owns, and how often permissions name it; a transaction counts what it adds to those of the store.</summary>
public sealed class NodeCounts
{
    private readonly Dictionary<ushort, int> _owned = [];
    private readonly Dictionary<ushort, int> _named = [];
    private readonly NodeCounts? _below;

    /// <summary>Counts from nothing, or from where others are.</summary>
    public NodeCounts(NodeCounts? below = null) => _below = below;

    /// <summary>How many nodes a domain owns.</summary>
    public int Of(ushort domain) => _owned.GetValueOrDefault(domain) + (_below?.Of(domain) ?? 0);

    /// <summary>How many entries of permissions name a domain, owners among them.</summary>
    public int Naming(ushort domain) => _owned.GetValueOrDefault(domain) + _named.GetValueOrDefault(domain) + (_below?.Naming(domain) ?? 0);

    /// <summary>Counts nodes that came, or with a negative number went.</summary>
    public void Add(Permissions permissions, int nodes)
    {
        Add(_owned, permissions.Owner, nodes);
        foreach (StorePermission entry in permissions.Entries[1..])
        {
            Add(_named, entry.Domain.Value, nodes);
        }
    }

    /// <summary>Puts these onto those they began from.</summary>
    public void Merge()
    {
        if (_below is not null)
        {
            Move(_owned, _below._owned);
            Move(_named, _below._named);
        }
    }

    /// <summary>Counts a node and all below it, as come or as gone.</summary>
    public void AddAll(Node node, int sign)
    {
        Add(node.Permissions, sign);
        foreach (Node child in node.Children)
        {
            AddAll(child, sign);
        }
    }

    private static void Move(Dictionary<ushort, int> from, Dictionary<ushort, int> to)
    {
        foreach ((ushort domain, int nodes) in from)
        {
            Add(to, domain, nodes);
        }

        from.Clear();
    }

    private static void Add(Dictionary<ushort, int> counts, ushort domain, int nodes)
    {
        int count = counts.GetValueOrDefault(domain) + nodes;
        if (count == 0)
        {
            _ = counts.Remove(domain);
        }
        else
        {
            counts[domain] = count;
        }
    }
}
