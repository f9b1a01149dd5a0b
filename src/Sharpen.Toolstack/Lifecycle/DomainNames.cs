using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Control;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Names of domains: the store has them, the hypervisor knows numbers only.</summary>
public static class DomainNames
{
    private const string Folder = "/local/domain";

    /// <summary>The name of a domain, or null when it has none (any more, or yet).</summary>
    public static string? Find(Host host, DomainId domain) => host.Store.Find($"{Host.PathOf(domain)}/name");

    /// <summary>The names of domains, in their order; null for one that has none.</summary>
    public static string?[] FindAll(Host host, IReadOnlyList<DomainInfo> domains)
    {
        string[] paths = new string[domains.Count];
        for (int index = 0; index < paths.Length; index++)
        {
            paths[index] = $"{Host.PathOf(domains[index].Id)}/name";
        }

        return host.Store.FindAll(paths);
    }

    /// <summary>The domain of this name. In a transaction nobody else can give that name meanwhile: who makes a domain adds a node, and
    /// who renames one calls <see cref="Claim"/>.</summary>
    public static DomainId? FindByName(StoreClient store, string name, StoreTransaction? transaction = null)
    {
        if (store.FindBelow(Folder, "name", name, transaction) is { } found)
        {
            return found.Count > 0 && ushort.TryParse(found[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort first) ? new DomainId(first) : null;
        }

        var numbers = new List<ushort>();
        var paths = new List<string>();
        foreach (string child in store.List(Folder, transaction))
        {
            if (ushort.TryParse(child, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            {
                numbers.Add(number);
                paths.Add($"{Folder}/{child}/name");
            }
        }

        int at = Array.IndexOf(store.FindAll(CollectionsMarshal.AsSpan(paths), transaction), name);
        return at < 0 ? null : new DomainId(numbers[at]);
    }

    /// <summary>Has all transactions that looked for a name begin anew: one is given.</summary>
    public static void Claim(StoreClient store, StoreTransaction transaction) =>
        store.SetPermissions(Folder, store.GetPermissions(Folder, transaction), transaction);

    /// <summary>The domain that <paramref name="text"/> means: a number stands for itself, whether it is there or not.</summary>
    public static DomainId? Resolve(Host host, string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) ? new DomainId(number) : DomainId.Invalid
            : FindByName(host.Store, text);
}
