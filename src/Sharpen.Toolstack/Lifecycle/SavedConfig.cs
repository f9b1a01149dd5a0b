using System;
using System.IO;
using Sharpen.Abi;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>What the toolstack keeps of a running domain in files: the text of its configuration, for reboots, and the JSON that other
/// tools read. A file is written aside and renamed, so that no half of one is ever seen.</summary>
public static class SavedConfig
{
    /// <summary>The kind of file with the text of the configuration.</summary>
    public const string Text = "xl";

    /// <summary>The kind of file with JSON, as libxl keeps it.</summary>
    public const string Json = "libxl-json";

    // libxl's own, beside the others.
    private const string Lock = "domain-userdata-lock";

    private const string Folder = "/var/lib/xen";

    /// <summary>Keeps a file.</summary>
    public static void Write(DomainId domain, Guid uuid, string kind, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Folder);
        string path = PathOf(domain, uuid, kind);
        string aside = $"{path}.{Environment.ProcessId}";
        using (var stream = new FileStream(aside, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, BufferSize = 0 }))
        {
            stream.Write(content);
        }

        File.Move(aside, path, overwrite: true);
    }

    /// <summary>A kept file, or null. libxl puts a zero behind its text.</summary>
    public static string? Find(DomainId domain, Guid uuid, string kind)
    {
        string path = PathOf(domain, uuid, kind);
        return File.Exists(path) ? File.ReadAllText(path).TrimEnd('\0') : null;
    }

    /// <summary>Removes the files of a domain.</summary>
    /// <param name="uuid">The domain's; null when it is not known any more: then all files are looked through.</param>
    public static void Remove(DomainId domain, Guid? uuid)
    {
        if (uuid is { } known)
        {
            foreach (string kind in (ReadOnlySpan<string>)[Text, Json, Lock])
            {
                File.Delete(PathOf(domain, known, kind));
            }

            return;
        }

        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(Folder, $"userdata-?.{domain.Value}.*"))
        {
            File.Delete(path);
        }
    }

    /// <summary>Removes all files of what had a UUID.</summary>
    public static void Remove(Guid uuid)
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(Folder, $"userdata-?.*.{uuid}.*"))
        {
            File.Delete(path);
        }
    }

    private static string PathOf(DomainId domain, Guid uuid, string kind) => $"{Folder}/userdata-d.{domain.Value}.{uuid}.{kind}";
}
