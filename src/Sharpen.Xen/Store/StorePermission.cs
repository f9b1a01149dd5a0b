using System;
using System.Globalization;
using Sharpen.Abi;

namespace Sharpen.Xen.Store;

/// <summary>
/// What one domain may do with a node, written like <c>r5</c>. Of a node's list the first names its owner, who may do all; its letter is
/// for every domain that the rest does not name.
/// </summary>
/// <param name="Access">What it may.</param>
/// <param name="Domain">Whom it is about.</param>
public readonly record struct StorePermission(StoreAccess Access, DomainId Domain)
{
    /// <summary>Reads the written form.</summary>
    public static bool TryParse(string text, out StorePermission permission)
    {
        permission = default;
        if (string.IsNullOrEmpty(text) || !ushort.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort domain))
        {
            return false;
        }

        StoreAccess? access = text[0] switch
        {
            'n' => StoreAccess.None,
            'r' => StoreAccess.Read,
            'w' => StoreAccess.Write,
            'b' => StoreAccess.Both,
            _ => null,
        };
        permission = new StorePermission(access ?? StoreAccess.None, new DomainId(domain));
        return access is not null;
    }

    /// <summary>The written form.</summary>
    public override string ToString() => $"{"nrwb"[(int)Access]}{Domain.Value}";
}
