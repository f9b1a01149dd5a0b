using System;
using System.Text;
using Sharpen.Abi;
using Sharpen.Xen.Store;

namespace Sharpen.Xenstored.Tree;

/// <summary>
/// Who may do what with a node. The first entry names the owner, who may do all, and its access is everybody's whom no other entry
/// names. Immutable, and shared between nodes.
/// </summary>
public sealed class Permissions
{
    private readonly StorePermission[] _entries;

    /// <summary>Permissions of at least one entry.</summary>
    public Permissions(params StorePermission[] entries) => _entries = entries;

    /// <summary>Nobody's but the control domain's.</summary>
    public static Permissions Private { get; } = new(new StorePermission(StoreAccess.None, new DomainId(0)));

    /// <summary>All entries, the owner's first.</summary>
    public ReadOnlySpan<StorePermission> Entries => _entries;

    /// <summary>Who owns the node.</summary>
    public ushort Owner => _entries[0].Domain.Value;

    /// <summary>Whether somebody may do all of this.</summary>
    public bool Allow(Actor actor, StoreAccess wanted) =>
        actor.IsPrivileged || actor.Is(Owner) || (Access(actor.Domain) & wanted) == wanted || (Access(actor.Target) & wanted) == wanted;

    /// <summary>The same with another owner.</summary>
    public Permissions OwnedBy(ushort owner)
    {
        if (owner == Owner)
        {
            return this;
        }

        StorePermission[] entries = [.. _entries];
        entries[0] = new StorePermission(entries[0].Access, new DomainId(owner));
        return new Permissions(entries);
    }

    /// <summary>How often a domain is named.</summary>
    public int CountOf(ushort domain)
    {
        int count = 0;
        foreach (StorePermission entry in _entries)
        {
            count += entry.Domain.Value == domain ? 1 : 0;
        }

        return count;
    }

    /// <summary>The same without a domain that is gone: what it owned is the control domain's.</summary>
    public Permissions Without(ushort domain)
    {
        StorePermission[] entries = Array.FindAll(_entries, entry => entry.Domain.Value != domain);
        return Owner == domain ? new Permissions([new StorePermission(StoreAccess.None, new DomainId(0)), .. entries]) : new Permissions(entries);
    }

    /// <summary>Reads the entries of a message, each ended by a zero byte.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Permissions permissions)
    {
        permissions = Private;
        if (text.IsEmpty || text[^1] != 0)
        {
            return false;
        }

        string[] parts = Encoding.Latin1.GetString(text[..^1]).Split('\0');
        StorePermission[] entries = new StorePermission[parts.Length];
        for (int index = 0; index < parts.Length; index++)
        {
            if (!StorePermission.TryParse(parts[index], out entries[index]) || !entries[index].Domain.IsOrdinary)
            {
                return false;
            }
        }

        permissions = new Permissions(entries);
        return true;
    }

    /// <summary>The entries as a message has them.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (StorePermission entry in _entries)
        {
            _ = text.Append(entry.ToString()).Append('\0');
        }

        return text.ToString();
    }

    private StoreAccess Access(ushort domain)
    {
        for (int index = 1; index < _entries.Length; index++)
        {
            if (_entries[index].Domain.Value == domain)
            {
                return _entries[index].Access;
            }
        }

        return _entries[0].Access;
    }
}
