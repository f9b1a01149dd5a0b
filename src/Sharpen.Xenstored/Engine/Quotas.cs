using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Sharpen.Xenstored.Engine;

/// <summary>What a domain that is not privileged may have, at most. The names are those that <c>xenstore-control quota</c> takes.</summary>
public sealed class Quotas
{
    private readonly Dictionary<string, int> _limits = new(StringComparer.Ordinal)
    {
        ["nodes"] = 1000,
        ["watches"] = 128,
        ["transactions"] = 10,
        ["outstanding"] = 20,
        ["transaction-nodes"] = 1024,
        ["node-size"] = 2048,
        ["path-max"] = 3072,
        ["node-permissions"] = 5,
        ["memory"] = 2 * 1024 * 1024 + 512 * 1024,
    };

    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>Nodes that it owns.</summary>
    public int Nodes => _limits["nodes"];

    /// <summary>Watches that it set.</summary>
    public int Watches => _limits["watches"];

    /// <summary>Transactions that are open.</summary>
    public int Transactions => _limits["transactions"];

    /// <summary>Operations within one transaction.</summary>
    public int TransactionNodes => _limits["transaction-nodes"];

    /// <summary>Bytes of a value.</summary>
    public int NodeSize => _limits["node-size"];

    /// <summary>Characters of a path.</summary>
    public int PathLength => _limits["path-max"];

    /// <summary>Entries of permissions of a node.</summary>
    public int NodePermissions => _limits["node-permissions"];

    /// <summary>Bytes held for it: what it was not sent yet, its watches, its open transactions.</summary>
    public int Memory => _limits["memory"];

    /// <summary>The limits that are not what they were when this began.</summary>
    public IEnumerable<(string Name, int Limit)> Changed =>
        _limits.Where(pair => _changed.Contains(pair.Key)).Select(static pair => (pair.Key, pair.Value));

    /// <summary>Sets a limit while the store is in use.</summary>
    /// <returns>False when there is none of this name.</returns>
    public bool TryChange(string name, int limit) => TrySet(name, limit) && (_changed.Add(name) || true);

    /// <summary>Sets a limit.</summary>
    /// <returns>False when there is none of this name.</returns>
    public bool TrySet(string name, int limit)
    {
        if (!_limits.ContainsKey(name) || limit < 0)
        {
            return false;
        }

        _limits[name] = limit;
        return true;
    }

    /// <summary>One limit to a line.</summary>
    public override string ToString()
    {
        StringBuilder text = new("Quota settings:\n");
        foreach ((string name, int limit) in _limits.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"{name,-20}: {limit}\n");
        }

        return text.ToString();
    }
}
