using System;

namespace Sharpen.Xenstored.Tree;

/// <summary>
/// A tree of nodes. A snapshot costs nothing: both share all nodes, and each copies those on the way to what it changes, once.
/// </summary>
public sealed class NodeTree
{
    private readonly Clock _clock;
    private uint _epoch;

    /// <summary>A tree of an empty root, readable by nobody but the control domain.</summary>
    public NodeTree()
        : this(new Clock(), null)
    {
    }

    private NodeTree(Clock clock, Node? root)
    {
        _clock = clock;
        _epoch = clock.NextEpoch();
        Root = root ?? new Node("", [], Permissions.Private, _epoch);
    }

    /// <summary>The node <c>/</c>.</summary>
    public Node Root { get; private set; }

    /// <summary>A tree of the same nodes, which from here on changes by itself.</summary>
    public NodeTree Snapshot()
    {
        _epoch = _clock.NextEpoch();
        return new NodeTree(_clock, Root);
    }

    /// <summary>The node of a path; null when there is none.</summary>
    public Node? Find(string path) => Find(Root, path);

    /// <summary>The node of a path below a root that was kept.</summary>
    public static Node? Find(Node root, string path)
    {
        Node? node = root;
        ReadOnlySpan<char> rest = path;
        while (node is not null && StorePath.TryTakeName(ref rest, out ReadOnlySpan<char> name))
        {
            node = node.Child(name);
        }

        return node;
    }

    /// <summary>The node of a path or the nearest one above it.</summary>
    /// <param name="path">Which.</param>
    /// <param name="missing">How many names of the path have no node.</param>
    public Node FindNearest(string path, out int missing)
    {
        Node node = Root;
        ReadOnlySpan<char> rest = path;
        while (StorePath.TryTakeName(ref rest, out ReadOnlySpan<char> name))
        {
            if (node.Child(name) is not { } child)
            {
                missing = 1 + rest.Count('/');
                return node;
            }

            node = child;
        }

        missing = 0;
        return node;
    }

    /// <summary>Sets a value and permissions; the node and those above it are made when they are missing, with these permissions and no value.</summary>
    public void Set(string path, byte[] value, Permissions permissions)
    {
        Node node = Own(path, permissions);
        node.Value = value;
        node.Permissions = permissions;
        node.ValueGeneration = _clock.NextGeneration();
    }

    /// <summary>Takes a node and all below it away.</summary>
    /// <returns>It; null when there was none. The root stays.</returns>
    public Node? Remove(string path)
    {
        if (path == "/" || Find(path) is not { } node)
        {
            return null;
        }

        Node parent = Own(StorePath.ParentOf(path), Permissions.Private);
        parent.Drop(node.Name);
        parent.ChildrenGeneration = _clock.NextGeneration();
        return node;
    }

    private Node Own(string path, Permissions permissions)
    {
        Node node = Root = Owned(Root);
        ReadOnlySpan<char> rest = path;
        while (StorePath.TryTakeName(ref rest, out ReadOnlySpan<char> name))
        {
            Node? child = node.Child(name);
            if (child is null)
            {
                child = new Node(name.ToString(), [], permissions, _epoch) { ValueGeneration = _clock.NextGeneration() };
                node.Put(child);
                node.ChildrenGeneration = _clock.NextGeneration();
            }
            else if (child.Epoch != _epoch)
            {
                child = child.CopyFor(_epoch);
                node.Put(child);
            }

            node = child;
        }

        return node;
    }

    private Node Owned(Node node) => node.Epoch == _epoch ? node : node.CopyFor(_epoch);
}
