using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Toolstack.Registry;

/// <summary>The domains that a host knows of: the files <c>*.cfg</c> of a folder that have a name and something to boot, however they got
/// there. What is started with the host is linked in another folder, as Xen's <c>xendomains</c> has it since ever.</summary>
/// <param name="folder">Where the files are, usually <c>/etc/xen</c>.</param>
/// <param name="automatic">Where the links are, usually <c>/etc/xen/auto</c>.</param>
public sealed class DomainRegistry(string folder, string automatic)
{
    /// <summary>Where the files usually are.</summary>
    public const string UsualFolder = "/etc/xen";

    private const string Ending = ".cfg";

    /// <summary>All domains, by name.</summary>
    public IReadOnlyList<DefinedDomain> List()
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var links = Automatic().Select(Target).ToHashSet(StringComparer.Ordinal);
        var domains = new List<DefinedDomain>();
        foreach (string path in Directory.EnumerateFiles(folder, "*" + Ending))
        {
            if (NameIn(path) is { } name)
            {
                domains.Add(new DefinedDomain(name, path, links.Contains(Target(path))));
            }
        }

        domains.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return domains;
    }

    /// <summary>What is started with the host: files or links, in the order of their names.</summary>
    public IReadOnlyList<string> Automatic() =>
        Directory.Exists(automatic)
            ? [.. Directory.EnumerateFiles(automatic).Where(static path => !IsPassedOver(Path.GetFileName(path))).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The domain of a name, or null.</summary>
    public DefinedDomain? Find(string name)
    {
        foreach (var domain in List())
        {
            if (domain.Name == name)
            {
                return domain;
            }
        }

        return null;
    }

    /// <summary>The domain of a name.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public DefinedDomain Get(string name)
    {
        if (Find(name) is { } domain)
        {
            return domain;
        }

        string? near = Suggestion.For(name, List().Select(static domain => domain.Name));
        throw new ToolException($"no domain '{name}' is defined in {folder}{(near is null ? ": 'xl define FILE' does that" : $", did you mean '{near}'?")}");
    }

    /// <summary>Keeps a configuration; one of the same name is replaced.</summary>
    /// <returns>The file.</returns>
    public string Define(string name, string text)
    {
        string path = Find(name)?.Path ?? Path.Combine(folder, name + Ending);
        if (File.Exists(path) && NameIn(path) != name)
        {
            throw new ToolException($"{path} is there already, and no configuration of {name}: move it away first");
        }

        Directory.CreateDirectory(folder);
        string aside = $"{path}.{Environment.ProcessId}";
        File.WriteAllText(aside, text, new UTF8Encoding(false));
        File.Move(aside, path, overwrite: true);
        return path;
    }

    /// <summary>Forgets a domain; it may run on.</summary>
    /// <exception cref="ToolException">It is not defined.</exception>
    public void Undefine(string name)
    {
        SetAutomatic(name, isAutomatic: false);
        File.Delete(Get(name).Path);
    }

    /// <summary>Says whether a domain is started with the host.</summary>
    /// <exception cref="ToolException">It is not defined.</exception>
    public void SetAutomatic(string name, bool isAutomatic)
    {
        var domain = Get(name);
        if (domain.IsAutomatic == isAutomatic)
        {
            return;
        }

        if (isAutomatic)
        {
            Directory.CreateDirectory(automatic);
            File.CreateSymbolicLink(Path.Combine(automatic, Path.GetFileName(domain.Path)), Path.GetFullPath(domain.Path));
            return;
        }

        string target = Target(domain.Path);
        foreach (string link in Automatic().Where(link => Target(link) == target))
        {
            File.Delete(link);
        }
    }

    /// <summary>The name that a configuration gives its domain; null when it is none, or cannot be read.</summary>
    public static string? NameIn(string path)
    {
        try
        {
            var document = ConfigDocument.Parse(path, ConfigDocument.ReadText(path));
            var reader = new SettingReader(document);
            string name = reader.Text("name");
            return name.Length > 0 && (reader.Has("kernel") || reader.Has("bootloader")) && document.Problems.All(static problem => problem.IsWarning) ? name : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ConfigException)
        {
            return null;
        }
    }

    // Backups of editors and of packages, as xendomains passes them over.
    private static bool IsPassedOver(string name) =>
        name.StartsWith('.') || name.EndsWith('~') || name.EndsWith(".rpmsave", StringComparison.Ordinal) || name.Contains(".dpkg-", StringComparison.Ordinal);

    private static string Target(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
}
