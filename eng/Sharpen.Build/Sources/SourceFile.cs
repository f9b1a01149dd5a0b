using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sharpen.Build.Sources;

/// <summary>The measures of one C# file.</summary>
/// <param name="Path">From the repository's root.</param>
/// <param name="Namespace">The first that it declares; empty for none.</param>
/// <param name="Lines">All lines.</param>
/// <param name="CodeLines">Lines with at least one token: no blank lines, no comments.</param>
/// <param name="Functions">Name and length of each function that has a body, attributes included, comments before it not.</param>
internal sealed record SourceFile(string Path, string Namespace, int Lines, int CodeLines, IReadOnlyList<(string Name, int Lines)> Functions)
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview, preprocessorSymbols: ["FREESTANDING"]);

    /// <summary>True for what a program wrote: no budget applies.</summary>
    public bool IsGenerated => Path.EndsWith(".g.cs", StringComparison.Ordinal);

    /// <summary>Every C# file below a folder of the repository, build output left out, sorted by path.</summary>
    public static IEnumerable<SourceFile> Under(string root, string folder)
    {
        string start = System.IO.Path.Combine(root, folder);
        return from path in Directory.Exists(start) ? Directory.EnumerateFiles(start, "*.cs", SearchOption.AllDirectories) : []
               let relative = System.IO.Path.GetRelativePath(root, path).Replace('\\', '/')
               where !relative.Split('/').Any(static part => part is "obj" or "bin")
               orderby relative
               select Read(relative, File.ReadAllText(path));
    }

    /// <summary>Parses one file.</summary>
    public static SourceFile Read(string path, string text)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, s_options);
        SyntaxNode root = tree.GetRoot();
        HashSet<int> code = [];
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            FileLinePositionSpan span = tree.GetLineSpan(token.Span);
            for (int line = span.StartLinePosition.Line; !token.Span.IsEmpty && line <= span.EndLinePosition.Line; line++)
            {
                code.Add(line);
            }
        }

        List<(string Name, int Lines)> functions = [];
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            if (NameOf(node) is { } name)
            {
                FileLinePositionSpan span = tree.GetLineSpan(node.Span);
                functions.Add((name, span.EndLinePosition.Line - span.StartLinePosition.Line + 1));
            }
        }

        string space = root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";
        return new SourceFile(path, space, text.Count(static letter => letter == '\n'), code.Count, functions);
    }

    /// <summary>What to call a function that has a body; null for anything else. A local function counts with the one around it.</summary>
    private static string? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method when HasBody(method) => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor when HasBody(constructor) => constructor.Identifier.Text,
        BaseMethodDeclarationSyntax other when HasBody(other) => "operator",
        AccessorDeclarationSyntax { Body: not null } accessor => Owner(accessor),
        AccessorDeclarationSyntax { ExpressionBody: not null } accessor => Owner(accessor),
        PropertyDeclarationSyntax { ExpressionBody: not null } property => property.Identifier.Text,
        IndexerDeclarationSyntax { ExpressionBody: not null } => "this[]",
        _ => null,
    };

    private static bool HasBody(BaseMethodDeclarationSyntax method) => method.Body is not null || method.ExpressionBody is not null;

    private static string Owner(AccessorDeclarationSyntax accessor) =>
        $"{(accessor.Parent?.Parent as PropertyDeclarationSyntax)?.Identifier.Text ?? "this[]"}.{accessor.Keyword.Text}";
}
