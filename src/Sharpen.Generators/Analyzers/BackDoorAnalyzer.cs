using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Sharpen.Generators.Analyzers;

/// <summary>SH0002: the ways round the type system that need no <c>unsafe</c> keyword.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BackDoorAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableHashSet<string> s_types = ["Unsafe", "MemoryMarshal", "CollectionsMarshal", "Marshal", "NativeMemory", "NativeLibrary", "RuntimeHelpers"];
    private static readonly ImmutableHashSet<string> s_attributes = ["DllImportAttribute", "LibraryImportAttribute", "UnsafeAccessorAttribute", "UnmanagedCallersOnlyAttribute"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Diagnostics.BackDoor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (Scope.IsPolicy(start.Compilation))
            {
                start.RegisterOperationAction(CheckCall, OperationKind.Invocation, OperationKind.MethodReference);
                start.RegisterSymbolAction(CheckMethod, SymbolKind.Method);
            }
        });
    }

    private static void CheckCall(OperationAnalysisContext context)
    {
        IMethodSymbol method = context.Operation is IInvocationOperation call ? call.TargetMethod : ((IMethodReferenceOperation)context.Operation).Method;
        string space = method.ContainingNamespace.ToDisplayString();
        if (space is "System.Runtime.CompilerServices" or "System.Runtime.InteropServices" && s_types.Contains(method.ContainingType.Name))
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.BackDoor, context.Operation.Syntax.GetLocation(), $"{method.ContainingType.Name}.{method.Name}"));
        }
    }

    /// <summary>DllImport is metadata, not an attribute, once the compiler has read it.</summary>
    private static void CheckMethod(SymbolAnalysisContext context)
    {
        IMethodSymbol method = (IMethodSymbol)context.Symbol;
        string? attribute = method.GetDllImportData() is not null
            ? "DllImport"
            : method.GetAttributes().Select(static each => each.AttributeClass?.Name ?? "").FirstOrDefault(s_attributes.Contains);
        if (attribute is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.BackDoor, method.Locations[0], attribute));
        }
    }
}
