using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Sharpen.Abi;

namespace Sharpen.Xl.Processes;

/// <summary>The domains that the <see cref="Keeper"/> stays with. Each is a symbolic link too, which one call makes: a keeper that follows one
/// that was killed finds them.</summary>
/// <param name="folder">Where the links are.</param>
public sealed class KeptDomains(string folder)
{
    private const int UuidLength = 36;
    private readonly Dictionary<ushort, KeptDomain> _all = [];

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<KeptDomain> All => _all.Values;

    /// <summary>Takes over what an earlier keeper stayed with.</summary>
    public void TakeOver()
    {
        Directory.CreateDirectory(folder);
        foreach (string path in Directory.GetFiles(folder))
        {
            string? target = new FileInfo(path).LinkTarget;
            if (target?.Length > UuidLength && Guid.TryParse(target.AsSpan(0, UuidLength), out var uuid) &&
                ushort.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            {
                _all[number] = new KeptDomain(new DomainId(number), uuid, target[(UuidLength + 1)..]);
            }
        }
    }

    /// <summary>One more.</summary>
    public void Add(KeptDomain kept)
    {
        Remove(kept.Domain);
        _all[kept.Domain.Value] = kept;
        try
        {
            File.CreateSymbolicLink(PathOf(kept.Domain), $"{kept.Uuid}/{kept.Name}");
        }
        catch (IOException)
        {
            // It is stayed with nevertheless, as long as this keeper lives.
        }
    }

    /// <summary>The one with a number; null when there is none.</summary>
    public KeptDomain? Find(DomainId domain) => _all.GetValueOrDefault(domain.Value);

    /// <summary>One less.</summary>
    public void Remove(DomainId domain)
    {
        if (_all.Remove(domain.Value))
        {
            File.Delete(PathOf(domain));
        }
    }

    private string PathOf(DomainId domain) => $"{folder}/{domain.Value}";
}
