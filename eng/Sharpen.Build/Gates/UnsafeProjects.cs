using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace Sharpen.Build.Gates;

/// <summary>Which projects may contain <c>unsafe</c>: the machine, its simulated twin, the core library under both, and the tools' bindings.</summary>
internal static class UnsafeProjects
{
    private static readonly string[] s_allowed = ["Sharpen.CoreLib", "Sharpen.Machine", "Sharpen.Machine.Simulated", "Sharpen.Xen"];

    /// <summary>True when the project file turns AllowUnsafeBlocks on.</summary>
    public static bool IsUnsafe(string projectFile) =>
        XDocument.Load(projectFile).Descendants("AllowUnsafeBlocks").Any(static each => each.Value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>One line for each project under the directory that allows unsafe code and may not.</summary>
    public static IEnumerable<string> Problems(string directory) =>
        from project in Directory.EnumerateFiles(directory, "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let name = Path.GetFileNameWithoutExtension(project)
        where IsUnsafe(project) && !s_allowed.Contains(name)
        select $"{name} sets AllowUnsafeBlocks; only {string.Join(", ", s_allowed)} may";
}
