using System;
using System.Buffers;
using System.Globalization;

namespace Sharpen.Xenstored.Tree;

/// <summary>Names of nodes: <c>/</c>, or names each after a slash; and the special ones that begin with <c>@</c>. Source: <c>io/xs_wire.h</c>.</summary>
public static class StorePath
{
    /// <summary><c>XENSTORE_ABS_PATH_MAX</c></summary>
    public const int LongestAbsolute = 3072;

    /// <summary><c>XENSTORE_REL_PATH_MAX</c></summary>
    public const int LongestRelative = 2048;

    /// <summary>How deep a node may lie.</summary>
    public const int Deepest = 256;

    /// <summary>The event of a domain's end.</summary>
    public const string Release = "@releaseDomain";

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/_@");

    /// <summary>Where a domain's own nodes are.</summary>
    public static string HomeOf(ushort domain) => $"/local/domain/{domain}";

    /// <summary>Makes a path absolute and checks it.</summary>
    /// <param name="text">As a client wrote it.</param>
    /// <param name="domain">Whose home a relative path begins at.</param>
    /// <param name="path">The absolute path; null when it is none.</param>
    public static bool TryResolve(string text, ushort domain, out string path)
    {
        path = "";
        if (text.Length == 0 || IsSpecial(text))
        {
            return false;
        }

        if (text[0] != '/' && text.Length > LongestRelative)
        {
            return false;
        }

        path = text[0] == '/' ? text : $"{HomeOf(domain)}/{text}";
        return path.Length <= LongestAbsolute && IsWellFormed(path);
    }

    /// <summary>Whether it names no node but an event.</summary>
    public static bool IsSpecial(string text) => text.StartsWith('@');

    /// <summary>Whether a special name is one that exists.</summary>
    public static bool IsKnownSpecial(string text) => text is "@introduceDomain" or Release;

    /// <summary>The event of one domain's end.</summary>
    public static string ReleaseOf(ushort domain) => string.Create(CultureInfo.InvariantCulture, $"{Release}/{domain}");

    /// <summary>Whether it names the event of one domain's end.</summary>
    public static bool IsReleaseOfOne(string text) =>
        text.StartsWith(Release, StringComparison.Ordinal) && text.Length > Release.Length
        && ushort.TryParse(text.AsSpan(Release.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort domain) && text == ReleaseOf(domain);

    /// <summary>What lies above; the root's is the root.</summary>
    public static string ParentOf(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash <= 0 ? "/" : path[..slash];
    }

    /// <summary>Takes the first name off what is left of a path.</summary>
    /// <param name="rest">In: begins with a slash or is empty. Out: what follows the name.</param>
    /// <param name="name">The name.</param>
    public static bool TryTakeName(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name)
    {
        if (rest.Length <= 1)
        {
            name = default;
            return false;
        }

        ReadOnlySpan<char> after = rest[1..];
        int slash = after.IndexOf('/');
        name = slash < 0 ? after : after[..slash];
        rest = slash < 0 ? default : after[slash..];
        return true;
    }

    private static bool IsWellFormed(string path) =>
        path == "/"
        || (path[^1] != '/' && !path.Contains("//", StringComparison.Ordinal) && !path.AsSpan().ContainsAnyExcept(s_allowed) && path.AsSpan().Count('/') <= Deepest);
}
