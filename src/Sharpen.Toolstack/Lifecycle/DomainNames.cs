using System;
using System.Globalization;
using Sharpen.Abi;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Names of domains: the store has them, the hypervisor knows numbers only.</summary>
public static class DomainNames
{
    /// <summary>The name of a domain, or null when it has none (any more, or yet).</summary>
    public static string? Find(Host host, DomainId domain) => host.Store.Find($"{Host.PathOf(domain)}/name");

    /// <summary>The domain of this name.</summary>
    public static DomainId? FindByName(Host host, string name)
    {
        foreach (string child in host.Store.List("/local/domain"))
        {
            if (ushort.TryParse(child, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) && Find(host, new DomainId(number)) == name)
            {
                return new DomainId(number);
            }
        }

        return null;
    }

    /// <summary>The domain that <paramref name="text"/> means: a number stands for itself, whether it is there or not.</summary>
    public static DomainId? Resolve(Host host, string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) ? new DomainId(number) : DomainId.Invalid
            : FindByName(host, text);
}
