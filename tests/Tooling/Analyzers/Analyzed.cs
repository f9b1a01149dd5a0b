using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Sharpen.Generators.Analyzers;
using Xunit;

namespace Sharpen.Tooling.Analyzers;

/// <summary>Compiles a few lines as if they were a method of the hypervisor, and tells which rules they break.</summary>
internal static class Analyzed
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("Sharpen.Hypervisor", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Ids of the rules that the body of a method breaks, sorted.</summary>
    public static Task<string[]> Body(string statements, string assembly = "Sharpen.Hypervisor") =>
        Members($"static void Body(ref SpinLock<HeapRank> heap, int count, ref Sample sample) {{ {statements} }}", assembly);

    /// <summary>Ids of the rules that members of a static class break, sorted.</summary>
    public static async Task<string[]> Members(string members, string assembly = "Sharpen.Hypervisor")
    {
        CSharpCompilation compilation = Compile(members, assembly);
        Assert.Empty(ErrorsOf(compilation));

        CompilationWithAnalyzers analyzed = compilation.WithAnalyzers([new IgnoredResultAnalyzer(), new BackDoorAnalyzer(), new RuntimeAnalyzer(), new HoldAnalyzer(), new DataAnalyzer()]);
        IEnumerable<Diagnostic> found = await analyzed.GetAnalyzerDiagnosticsAsync();
        return [.. found.Select(static each => each.Id).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Ids of the compiler's own errors about members of a static class, sorted.</summary>
    public static string[] Errors(string members) => ErrorsOf(Compile(members, "Sharpen.Hypervisor"));

    private static string[] ErrorsOf(CSharpCompilation compilation) =>
        [.. compilation.GetDiagnostics().Where(static each => each.Severity == DiagnosticSeverity.Error).Select(static each => each.Id).Distinct().Order(StringComparer.Ordinal)];

    private static CSharpCompilation Compile(string members, string assembly)
    {
        string source = $$"""
            using System;
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;
            using Sharpen.Abi;
            using Sharpen.Machine.Guest;
            using Sharpen.Machine.Layouts;
            using Sharpen.Machine.Locks;
            using Sharpen.Machine.Memory;
            using Sharpen.Machine.Pools;
            using Sharpen.Machine.Results;
            public interface IShape { int Corners { get; } }
            public struct Sample : IShape { public int Value; public int Corners => 0; public Result Try() => Result.Success; public Result<int> Find() => 1; }
            public static class Under { {{members}} }
            """;
        return CSharpCompilation.Create(assembly, [CSharpSyntaxTree.ParseText(source)], s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
