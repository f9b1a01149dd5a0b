using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sharpen.Build.Gates;

namespace Sharpen.Build.Sources;

/// <summary>A project under <c>src/</c> and its sources.</summary>
/// <param name="Name">Name of folder and project.</param>
/// <param name="IsUnsafe">The project allows unsafe code.</param>
/// <param name="Files">Its C# files.</param>
/// <param name="StubLines">Lines of its assembly stubs that are neither blank nor a comment of one line.</param>
internal sealed record ProjectSource(string Name, bool IsUnsafe, IReadOnlyList<SourceFile> Files, int StubLines)
{
    /// <summary>Lines of C# with a token on them.</summary>
    public int CodeLines => Files.Sum(static file => file.CodeLines);

    /// <summary>All projects, sorted by name.</summary>
    public static IReadOnlyList<ProjectSource> All(string root) =>
        [.. from file in Directory.EnumerateFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
            let name = Path.GetFileNameWithoutExtension(file)
            orderby name
            select new ProjectSource(name, UnsafeProjects.IsUnsafe(file), [.. SourceFile.Under(root, $"src/{name}")], Stubs(Path.GetDirectoryName(file)!))];

    private static int Stubs(string folder) =>
        (from path in Directory.EnumerateFiles(folder, "*.S", SearchOption.AllDirectories)
         from line in File.ReadLines(path)
         let text = line.Trim()
         where text.Length > 0 && !(text.StartsWith("/*", StringComparison.Ordinal) && text.EndsWith("*/", StringComparison.Ordinal))
         select 1).Count();
}
