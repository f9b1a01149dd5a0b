using System;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <summary>
/// Changes that wait to happen all at once. It sees the store as it was when it began, with its own changes on top. It conflicts only
/// when something that it has seen is not so any more, or when one of its changes would now be refused.
/// </summary>
public sealed class Transaction
{
    private readonly Node _start;
    private readonly Dictionary<string, ReadKind> _reads = new(StringComparer.Ordinal);
    private readonly List<Change> _changes = [];

    internal Transaction(uint id, NodeTree store, NodeCounts counts, bool isDoomed = false)
    {
        Id = id;
        Tree = store.Snapshot();
        _start = Tree.Root;
        Counts = new NodeCounts(counts);
        IsDoomed = isDoomed;
    }

    /// <summary>Its number, never 0.</summary>
    public uint Id { get; }

    /// <summary>The store as it sees it.</summary>
    public NodeTree Tree { get; }

    /// <summary>Nodes of each domain, with its own.</summary>
    public NodeCounts Counts { get; }

    /// <summary>It was open when the daemon began anew: what it saw is not known any more, so it will conflict.</summary>
    public bool IsDoomed { get; }

    /// <summary>What it did, in order.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>What it did and saw, as a number.</summary>
    public int Size => _changes.Count + _reads.Count;

    /// <summary>Bytes that it takes, about.</summary>
    public int Memory { get; private set; } = 256;

    internal void Saw(string path, ReadKind kind)
    {
        ReadKind before = _reads.GetValueOrDefault(path);
        _reads[path] = before | kind;
        Memory += before == 0 ? 64 + path.Length : 0;
    }

    internal void Did(in Change change)
    {
        _changes.Add(change);
        Memory += 64 + change.Path.Length + change.Value.Length;
    }

    /// <summary>Puts its changes onto the store, or onto nothing.</summary>
    /// <param name="store">The store; replaced by a tree that has them.</param>
    /// <param name="counts">The store's.</param>
    /// <param name="quotas">What is allowed.</param>
    /// <param name="actor">Whose it is.</param>
    /// <param name="removed">For each change the node that it took away.</param>
    /// <returns><see cref="Errno.Again"/> when it conflicts.</returns>
    internal Errno Commit(ref NodeTree store, NodeCounts counts, Quotas quotas, Actor actor, out Node?[] removed)
    {
        removed = new Node?[_changes.Count];
        if (IsDoomed || Conflicts(store))
        {
            return Errno.Again;
        }

        if (_changes.Count == 0)
        {
            return Errno.None;
        }

        NodeTree trial = store.Snapshot();
        NodeCounts trialCounts = new(counts);
        TreeEditor editor = new(trial, trialCounts, quotas, actor);
        for (int index = 0; index < _changes.Count; index++)
        {
            if (editor.Apply(_changes[index], out removed[index]) != Errno.None)
            {
                return Errno.Again;
            }
        }

        store = trial;
        trialCounts.Merge();
        return Errno.None;
    }

    private bool Conflicts(NodeTree store)
    {
        foreach ((string path, ReadKind kind) in _reads)
        {
            Node? then = NodeTree.Find(_start, path);
            Node? now = store.Find(path);
            if (ReferenceEquals(then, now))
            {
                continue;
            }

            if (then is null || now is null
                || ((kind & ReadKind.Value) != 0 && then.ValueGeneration != now.ValueGeneration)
                || ((kind & ReadKind.Children) != 0 && then.ChildrenGeneration != now.ChildrenGeneration))
            {
                return true;
            }
        }

        return false;
    }
}
