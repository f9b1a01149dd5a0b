using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sharpen.Build.Sources;

namespace Sharpen.Build.Structure;

/// <summary>Checks the arrows between folders of the image's assemblies, and draws them.</summary>
internal static class StructureCommand
{
    /// <summary>Problems found: arrows against the layers, circles, and with <c>--check</c> a drawing that is stale.</summary>
    public static IReadOnlyList<string> Run(Arguments arguments)
    {
        string root = Directory.GetCurrentDirectory();
        string output = arguments.Value("-o") ?? Path.Combine(root, "docs", "structure.svg");
        bool check = arguments.Flag("--check");
        arguments.Rest(0);

        List<CompiledAssembly> assemblies = [.. Rules.Layers.Select(name => new CompiledAssembly(Compiled(root, name)))];
        List<Use> uses = [.. assemblies.SelectMany(static assembly => assembly.Uses()).OrderBy(static use => use.ToString(), StringComparer.Ordinal)];
        List<string> problems = [.. Rules.Upward(uses), .. Rules.Circles(uses),
            .. assemblies.Where(static assembly => assembly.Name != "Sharpen.Machine").SelectMany(static assembly => assembly.MutableStatics()).Select(static field => $"{field} is static and can change; only the machine may have such fields")];
        assemblies.ForEach(static assembly => assembly.Dispose());

        List<ProjectSource> projects = [.. ProjectSource.All(root).Where(static project => Rules.Layers.Contains(project.Name))];
        Dictionary<Folder, int> lines = projects.SelectMany(static project => project.Files.Select(file => (Folder.Of(project.Name, file.Namespace), file.CodeLines)))
            .Where(static each => each.Item1.Namespace.Length > 0).GroupBy(static each => each.Item1).ToDictionary(static group => group.Key, static group => group.Sum(static each => each.CodeLines));
        string drawing = SvgWriter.Draw(new Layout(lines, uses), uses, projects.ToDictionary(static project => project.Name, static project => project.IsUnsafe));

        if (!check)
        {
            File.WriteAllText(output, drawing);
        }
        else if (!File.Exists(output) || File.ReadAllText(output) != drawing)
        {
            problems.Add($"{Path.GetRelativePath(root, output)} is stale: ./build --draw draws it again");
        }

        return problems;
    }

    /// <summary>The assembly as the image was last built from it.</summary>
    public static string Compiled(string root, string name) => Path.Combine(root, "src", name, "bin", "Freestanding", "Release", "net10.0", $"{name}.dll");
}
