using Sharpen.Abi;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <summary>Changes a tree as somebody may, within the quotas: of the store itself, or of a transaction.</summary>
public readonly struct TreeEditor(NodeTree tree, NodeCounts counts, Quotas quotas, Actor actor)
{
    /// <summary>Does a change; on a refusal nothing is done.</summary>
    /// <param name="change">What.</param>
    /// <param name="removed">The node that went, when one did.</param>
    public Errno Apply(in Change change, out Node? removed)
    {
        removed = null;
        return change.Kind switch
        {
            ChangeKind.Write => Write(change.Path, change.Value, overwrite: true),
            ChangeKind.MakeDirectory => Write(change.Path, [], overwrite: false),
            ChangeKind.Remove => Remove(change.Path, out removed),
            _ => SetPermissions(change.Path, change.Permissions),
        };
    }

    /// <summary>Whether there is a node.</summary>
    public bool Has(string path) => tree.Find(path) is not null;

    /// <summary>Finds a node that somebody may use; a node whose absence is not theirs to know is forbidden.</summary>
    public Errno Find(string path, StoreAccess access, out Node node)
    {
        node = tree.FindNearest(path, out int missing);
        if (missing == 0)
        {
            return node.Permissions.Allow(actor, access) ? Errno.None : Errno.Acces;
        }

        return node.Permissions.Allow(actor, StoreAccess.Read) ? Errno.NoEnt : Errno.Acces;
    }

    private Errno Write(string path, byte[] value, bool overwrite)
    {
        if (!actor.IsPrivileged && value.Length > quotas.NodeSize)
        {
            return Errno.NoSpc;
        }

        Node nearest = tree.FindNearest(path, out int missing);
        if (missing == 0 && !overwrite)
        {
            return nearest.Permissions.Allow(actor, StoreAccess.Read) ? Errno.None : Errno.Acces;
        }

        if (!nearest.Permissions.Allow(actor, StoreAccess.Write))
        {
            return Errno.Acces;
        }

        if (missing == 0)
        {
            tree.Set(path, value, nearest.Permissions);
            return Errno.None;
        }

        // What somebody unprivileged makes is theirs.
        Permissions permissions = actor.IsPrivileged ? nearest.Permissions : nearest.Permissions.OwnedBy(actor.Domain);
        if (!actor.IsPrivileged && counts.Of(permissions.Owner) > quotas.Nodes - missing)
        {
            return Errno.NoSpc;
        }

        tree.Set(path, value, permissions);
        counts.Add(permissions, missing);
        return Errno.None;
    }

    private Errno Remove(string path, out Node? removed)
    {
        removed = null;
        if (path == "/")
        {
            return Errno.Inval;
        }

        Errno found = Find(path, StoreAccess.Write, out Node node);
        if (found == Errno.None)
        {
            removed = tree.Remove(path);
            counts.AddAll(node, -1);
            return Errno.None;
        }

        // What is not there is removed already; but the node above must be there.
        return found == Errno.NoEnt && tree.Find(StorePath.ParentOf(path)) is not null ? Errno.None : found;
    }

    private Errno SetPermissions(string path, Permissions permissions)
    {
        if (!actor.IsPrivileged && permissions.Entries.Length > quotas.NodePermissions)
        {
            return Errno.NoSpc;
        }

        Errno found = Find(path, StoreAccess.Write, out Node node);
        if (found != Errno.None)
        {
            return found;
        }

        if (!actor.IsPrivileged && (!actor.Is(node.Permissions.Owner) || permissions.Owner != node.Permissions.Owner))
        {
            return Errno.Perm;
        }

        Permissions before = node.Permissions;
        tree.Set(path, node.Value, permissions);
        counts.Add(before, -1);
        counts.Add(permissions, 1);
        return Errno.None;
    }
}
