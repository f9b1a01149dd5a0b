using System.Collections.Generic;

namespace Sharpen.Xenstored.Tree;

/// <summary>How many nodes each domain owns; a transaction counts what it adds to those of the store.</summary>
public sealed class NodeCounts
{
    private readonly Dictionary<ushort, int> _counts = [];
    private readonly NodeCounts? _below;

    /// <summary>Counts from nothing, or from where others are.</summary>
    public NodeCounts(NodeCounts? below = null) => _below = below;

    /// <summary>How many nodes a domain owns.</summary>
    public int Of(ushort domain) => _counts.GetValueOrDefault(domain) + (_below?.Of(domain) ?? 0);

    /// <summary>Counts nodes that came, or with a negative number went.</summary>
    public void Add(ushort domain, int nodes)
    {
        int count = _counts.GetValueOrDefault(domain) + nodes;
        if (count == 0)
        {
            _ = _counts.Remove(domain);
        }
        else
        {
            _counts[domain] = count;
        }
    }

    /// <summary>Puts these onto those they began from.</summary>
    public void Merge()
    {
        foreach ((ushort domain, int nodes) in _counts)
        {
            _below?.Add(domain, nodes);
        }

        _counts.Clear();
    }

    /// <summary>Counts a node and all below it, as come or as gone.</summary>
    public void AddAll(Node node, int sign)
    {
        Add(node.Permissions.Owner, sign);
        foreach (Node child in node.Children)
        {
            AddAll(child, sign);
        }
    }
}
