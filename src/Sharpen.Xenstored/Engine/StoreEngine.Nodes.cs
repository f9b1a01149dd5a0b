using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharpen.Abi;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <content>Nodes: reading them, and changing them.</content>
public sealed partial class StoreEngine
{
    private TreeEditor EditorFor(Client client, Transaction? transaction) =>
        new(transaction?.Tree ?? _tree, transaction?.Counts ?? _counts, Quotas, client.Actor);

    private bool TryResolve(Client client, string text, out string path) =>
        StorePath.TryResolve(text, client.Actor.Domain, out path) && (client.Actor.IsPrivileged || path.Length <= Quotas.PathLength);

    private Errno Look(Client client, Transaction? transaction, ref RequestText text, ReadKind kind, out Node node, bool isOnly = true)
    {
        node = _tree.Root;
        if (!text.TryTake(out string name) || !TryResolve(client, name, out string path) || (isOnly && !text.Rest.IsEmpty))
        {
            return Errno.Inval;
        }

        if (transaction is not null)
        {
            if (!client.Actor.IsPrivileged && transaction.Size >= Quotas.TransactionNodes)
            {
                return Errno.NoSpc;
            }

            transaction.Saw(path, kind);
        }

        return EditorFor(client, transaction).Find(path, StoreAccess.Read, out node);
    }

    private Errno Read(Client client, in StoreHeader request, Transaction? transaction, RequestText text)
    {
        Errno error = Look(client, transaction, ref text, ReadKind.Value, out Node node);
        if (error == Errno.None)
        {
            client.Answer(in request, request.Type, node.Value);
        }

        return error;
    }

    private Errno GetPermissions(Client client, in StoreHeader request, Transaction? transaction, RequestText text)
    {
        RequestText special = text;
        if (special.TryTake(out string name) && StorePath.IsSpecial(name))
        {
            return StorePath.IsKnownSpecial(name) ? Answer(client, in request, SpecialPermissions(name).ToString()) : Errno.Inval;
        }

        Errno error = Look(client, transaction, ref text, ReadKind.Value, out Node node);
        return error == Errno.None ? Answer(client, in request, node.Permissions.ToString()) : error;
    }

    private Errno List(Client client, in StoreHeader request, Transaction? transaction, RequestText text)
    {
        Errno error = Look(client, transaction, ref text, ReadKind.Value | ReadKind.Children, out Node node);
        if (error != Errno.None)
        {
            return error;
        }

        int length = 0;
        foreach (Node child in node.Children)
        {
            length += child.Name.Length + 1;
            if (length > StoreHeader.MostPayload)
            {
                return Errno.TooBig;
            }
        }

        PutNames(node.Children, client.Answer(in request, request.Type, length));
        return Errno.None;
    }

    /// <summary>Part of a long list: a number that changes with the list, then names from an offset on; an empty name ends the last part.</summary>
    private Errno ListPart(Client client, in StoreHeader request, Transaction? transaction, RequestText text)
    {
        Errno error = Look(client, transaction, ref text, ReadKind.Value | ReadKind.Children, out Node node, isOnly: false);
        if (error != Errno.None)
        {
            return error;
        }

        if (!text.TryTakeNumber(out ulong offset))
        {
            return Errno.Inval;
        }

        string generation = node.ChildrenGeneration.ToString(CultureInfo.InvariantCulture);
        ReadOnlySpan<Node> part = PartOf(node.Children, offset, StoreHeader.MostPayload - generation.Length - 1, out int length, out bool isLast);
        Span<byte> answer = client.Answer(in request, request.Type, generation.Length + 1 + length + (isLast ? 1 : 0));
        _ = Encoding.ASCII.GetBytes(generation, answer);
        answer[generation.Length] = 0;
        PutNames(part, answer.Slice(generation.Length + 1, length));
        if (isLast)
        {
            answer[^1] = 0;
        }

        return Errno.None;
    }

    /// <summary>The nodes whose names begin at an offset of the whole list or behind it, as many as fit and one byte more.</summary>
    private static ReadOnlySpan<Node> PartOf(ReadOnlySpan<Node> nodes, ulong offset, int room, out int length, out bool isLast)
    {
        ulong at = 0;
        int first = 0;
        while (first < nodes.Length && at < offset)
        {
            at += (ulong)nodes[first++].Name.Length + 1;
        }

        length = 0;
        int end = first;
        while (end < nodes.Length && nodes[end].Name.Length + 2 <= room - length)
        {
            length += nodes[end++].Name.Length + 1;
        }

        isLast = end == nodes.Length;
        return nodes[first..end];
    }

    private static void PutNames(ReadOnlySpan<Node> nodes, Span<byte> room)
    {
        foreach (Node node in nodes)
        {
            int length = Encoding.Latin1.GetBytes(node.Name, room);
            room[length] = 0;
            room = room[(length + 1)..];
        }
    }

    private Errno Write(Client client, in StoreHeader request, Transaction? transaction, RequestText text)
    {
        if (!text.TryTake(out string name) || !TryResolve(client, name, out string path))
        {
            return Errno.Inval;
        }

        return Change(client, in request, transaction, new Change(ChangeKind.Write, path, text.Rest.ToArray(), Permissions.Private));
    }

    private Errno ChangeNode(Client client, in StoreHeader request, Transaction? transaction, RequestText text, ChangeKind kind) =>
        text.TryTakeOnly(out string name) && TryResolve(client, name, out string path)
            ? Change(client, in request, transaction, new Change(kind, path, [], Permissions.Private))
            : Errno.Inval;

    private Errno SetPermissions(Client client, in StoreHeader request, Transaction? transaction, RequestText text)
    {
        if (!text.TryTake(out string name) || !Permissions.TryParse(text.Rest, out Permissions permissions))
        {
            return Errno.Inval;
        }

        if (!StorePath.IsSpecial(name))
        {
            return TryResolve(client, name, out string path)
                ? Change(client, in request, transaction, new Change(ChangeKind.SetPermissions, path, [], permissions))
                : Errno.Inval;
        }

        if (!StorePath.IsKnownSpecial(name) || transaction is not null)
        {
            return Errno.Inval;
        }

        if (!client.Actor.IsPrivileged)
        {
            return Errno.Acces;
        }

        _special[name] = permissions;
        _log.Changed(client.Actor, new Change(ChangeKind.SetPermissions, name, [], permissions));
        return Acknowledge(client, in request);
    }

    private Errno Change(Client client, in StoreHeader request, Transaction? transaction, in Change change)
    {
        if (transaction is not null && !client.Actor.IsPrivileged
            && (transaction.Size >= Quotas.TransactionNodes || client.Memory > Quotas.Memory))
        {
            return Errno.NoSpc;
        }

        TreeEditor editor = EditorFor(client, transaction);
        bool isDone = change.Kind == ChangeKind.MakeDirectory && editor.Has(change.Path);
        Errno error = editor.Apply(in change, out Node? removed);
        if (error != Errno.None)
        {
            return error;
        }

        if (isDone)
        {
            // Nothing changed: nobody is told.
            transaction?.Saw(change.Path, ReadKind.Value);
            return Acknowledge(client, in request);
        }

        if (transaction is not null)
        {
            transaction.Did(in change);
        }
        else
        {
            _log.Changed(client.Actor, in change);
            Fire(in change, removed);
        }

        return Acknowledge(client, in request);
    }

    private Permissions SpecialPermissions(string name) => _special.GetValueOrDefault(name) ?? Permissions.Private;

    private void Apply(Actor actor, in Change change) => _ = new TreeEditor(_tree, _counts, Quotas, actor).Apply(in change, out _);
}
