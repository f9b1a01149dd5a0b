using System;

namespace Sharpen.Xenstored.Tree;

/// <summary>
/// A node: a value, permissions, and nodes below, sorted by name. Only the tree of its epoch may change it; every other tree that
/// holds it copies it first. A node that is in two trees is therefore constant.
/// </summary>
public sealed class Node
{
    private Node[] _children;

    internal Node(string name, byte[] value, Permissions permissions, uint epoch)
    {
        Name = name;
        Value = value;
        Permissions = permissions;
        Epoch = epoch;
        _children = [];
    }

    private Node(Node original, uint epoch)
    {
        Name = original.Name;
        Value = original.Value;
        Permissions = original.Permissions;
        ValueGeneration = original.ValueGeneration;
        ChildrenGeneration = original.ChildrenGeneration;
        Epoch = epoch;
        _children = original.Children.ToArray();
        Count = original.Count;
    }

    /// <summary>The last name of its path; empty for the root.</summary>
    public string Name { get; }

    /// <summary>What is written to it; never changed in place.</summary>
    public byte[] Value { get; internal set; }

    /// <summary>Who may do what.</summary>
    public Permissions Permissions { get; internal set; }

    /// <summary>Changes with the value and the permissions.</summary>
    public ulong ValueGeneration { get; internal set; }

    /// <summary>Changes when a node right below comes or goes.</summary>
    public ulong ChildrenGeneration { get; internal set; }

    /// <summary>The nodes right below, by name.</summary>
    public ReadOnlySpan<Node> Children => _children.AsSpan(0, Count);

    internal uint Epoch { get; }

    internal int Count { get; private set; }

    /// <summary>A node right below; null when there is none of this name.</summary>
    public Node? Child(ReadOnlySpan<char> name) => Search(name, out int index) ? _children[index] : null;

    internal Node CopyFor(uint epoch) => new(this, epoch);

    internal void Put(Node child)
    {
        if (Search(child.Name, out int index))
        {
            _children[index] = child;
            return;
        }

        if (Count == _children.Length)
        {
            Array.Resize(ref _children, Math.Max(4, Count * 2));
        }

        Array.Copy(_children, index, _children, index + 1, Count - index);
        _children[index] = child;
        Count++;
    }

    internal void Drop(ReadOnlySpan<char> name)
    {
        if (Search(name, out int index))
        {
            Count--;
            Array.Copy(_children, index + 1, _children, index, Count - index);
            _children[Count] = null!;
        }
    }

    private bool Search(ReadOnlySpan<char> name, out int index)
    {
        int low = 0;
        int high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = _children[middle].Name.AsSpan().SequenceCompareTo(name);
            if (order == 0)
            {
                index = middle;
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        index = low;
        return false;
    }
}
