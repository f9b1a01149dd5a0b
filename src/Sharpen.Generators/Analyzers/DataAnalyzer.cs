using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sharpen.Generators.Analyzers;

/// <summary>SH0010: what is read from bytes holds nothing that bytes could forge, and nothing else lays fields over each other.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DataAnalyzer : DiagnosticAnalyzer
{
    private const int ExplicitLayout = 2;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Diagnostics.ForgeableData, Diagnostics.BackDoor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Struct)
        {
            return;
        }

        if (IsMarked(type))
        {
            CheckFields(context, type);
        }
        else if (Scope.IsPolicy(context.Compilation) && IsOverlaid(type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.BackDoor, type.Locations[0], "An explicit layout"));
        }
    }

    private static void CheckFields(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic))
        {
            if (!IsPlain(field.Type) || !IsElementOfRow(type, field))
            {
                context.ReportDiagnostic(Diagnostic.Create(Diagnostics.ForgeableData, field.AssociatedSymbol?.Locations[0] ?? field.Locations[0], field.Name));
            }
        }
    }

    /// <summary>Numbers and what is made of them. Neither bool, which has bytes that it may not be, nor what is as wide as an address.</summary>
    private static bool IsPlain(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
        || type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64
        || (type.TypeKind == TypeKind.Struct && IsMarked(type));

    private static bool IsMarked(ITypeSymbol type) => type.AllInterfaces.Any(static face => face.Name == "IAbiData" && Scope.IsOfAbi(face));

    /// <summary>A structure that is said to be a row of something is an inline array of that.</summary>
    private static bool IsElementOfRow(INamedTypeSymbol type, IFieldSymbol field) =>
        type.AllInterfaces.Where(static face => face.Name == "IInlineArray" && Scope.IsOfAbi(face)).All(face =>
            SymbolEqualityComparer.Default.Equals(face.TypeArguments[0], field.Type) && Has(type, "InlineArrayAttribute"));

    private static bool IsOverlaid(INamedTypeSymbol type) =>
        type.GetAttributes().Any(static each => each.AttributeClass?.Name == "StructLayoutAttribute"
            && each.ConstructorArguments.Any(static kind => kind.Value is ExplicitLayout or (short)ExplicitLayout));

    private static bool Has(INamedTypeSymbol type, string attribute) => type.GetAttributes().Any(each => each.AttributeClass?.Name == attribute);
}
