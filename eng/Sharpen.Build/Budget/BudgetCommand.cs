using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Sharpen.Build.Sources;

namespace Sharpen.Build.Budget;

/// <summary>The share of safe code, and the size of files and functions against the budget. What is too large fails.</summary>
internal static class BudgetCommand
{
    private const int FileLimit = 600;
    private const int FunctionLimit = 70;

    /// <summary>What an image contains besides the core library.</summary>
    private static readonly string[] s_image = ["Sharpen.Abi", "Sharpen.Machine", "Sharpen.Hypervisor", "Sharpen.Image"];

    /// <summary>Problems found; the figures go to standard output.</summary>
    public static IReadOnlyList<string> Run(Arguments arguments)
    {
        string? report = arguments.Value("-o");
        string root = arguments.Rest(1)[0];
        IReadOnlyList<ProjectSource> projects = ProjectSource.All(root);
        List<SourceFile> product = [.. projects.SelectMany(static project => project.Files).Where(static file => !file.IsGenerated)];
        List<SourceFile> others = [.. new[] { "eng", "tests", "bench", "tools" }.SelectMany(folder => SourceFile.Under(root, folder)).Where(static file => !file.IsGenerated)];

        string text = Projects(projects) + Shares(projects) + Sizes("src", product) + Sizes("tests and tools", others);
        Console.Write(text);
        if (report is not null)
        {
            File.WriteAllText(report, text);
        }

        return [.. product.Concat(others).SelectMany(TooLarge)];
    }

    /// <summary>One line for each file or function over its limit.</summary>
    public static IEnumerable<string> TooLarge(SourceFile file)
    {
        if (file.Lines > FileLimit)
        {
            yield return $"{file.Path} has {file.Lines} lines; the limit is {FileLimit}";
        }

        foreach ((string name, int lines) in file.Functions.Where(static function => function.Lines > FunctionLimit))
        {
            yield return $"{file.Path}: {name} has {lines} lines; the limit is {FunctionLimit}";
        }
    }

    private static string Projects(IReadOnlyList<ProjectSource> projects)
    {
        StringBuilder text = new("lines of code (no blank lines, no comments)\n");
        foreach (ProjectSource project in projects)
        {
            string stubs = project.StubLines == 0 ? "" : $", and {project.StubLines} of assembly";
            text.Append($"  {project.Name,-28}{project.CodeLines,6}  {(project.IsUnsafe ? "unsafe" : "safe")}{stubs}\n");
        }

        return text.ToString();
    }

    private static string Shares(IReadOnlyList<ProjectSource> projects) =>
        $"safe share: {Share(projects.Where(static project => s_image.Contains(project.Name))):F1} % of the hypervisor's lines, assembly included; "
        + $"{Share(projects.Where(static project => s_image.Contains(project.Name) || project.Name == "Sharpen.CoreLib")):F1} % with the core library\n";

    private static double Share(IEnumerable<ProjectSource> projects)
    {
        List<ProjectSource> all = [.. projects];
        double lines = all.Sum(static project => project.CodeLines + project.StubLines);
        return lines == 0 ? 0 : 100 * all.Where(static project => !project.IsUnsafe).Sum(static project => project.CodeLines) / lines;
    }

    private static string Sizes(string name, List<SourceFile> sources)
    {
        Spread files = new(sources.Select(static file => (file.Path, file.Lines)));
        Spread functions = new(sources.SelectMany(static file => file.Functions.Select(function => ($"{file.Path}: {function.Name}", function.Lines))));
        return $"""
            {name}: {files.Count} files, lines: median {files.Median} (budget 120), 95th percentile {files.Most} (400), worst {files.Worst.Lines} ({FileLimit}): {files.Worst.Name}
            {name}: {functions.Count} functions, lines: median {functions.Median} (budget 10), 95th percentile {functions.Most} (50), worst {functions.Worst.Lines} ({FunctionLimit}): {functions.Worst.Name}

            """;
    }
}
