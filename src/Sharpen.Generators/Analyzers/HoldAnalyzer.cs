using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Sharpen.Generators.Analyzers;

/// <summary>SH0008 and SH0009: a token of something held comes only from what gives it, and exists once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HoldAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Diagnostics.ForgedHold, Diagnostics.CopiedHold];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(CheckForged, OperationKind.DefaultValue, OperationKind.ObjectCreation);
        context.RegisterOperationAction(CheckCopy, OperationKind.LocalReference, OperationKind.ParameterReference, OperationKind.FieldReference);
    }

    /// <summary>The machine's own types make them: <c>default</c> in NoLocks, or an empty mapping where its type says so.</summary>
    private static void CheckForged(OperationAnalysisContext context)
    {
        bool isEmpty = context.Operation is IDefaultValueOperation || context.Operation is IObjectCreationOperation { Arguments.IsEmpty: true };
        if (isEmpty && Scope.IsHold(context.Operation.Type) && !IsMaker(context.ContainingSymbol, context.Operation.Type!))
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.ForgedHold, context.Operation.Syntax.GetLocation(), context.Operation.Type!.Name));
        }
    }

    /// <summary>NoLocks, the type itself, and <c>out</c> parameters of functions that return it otherwise.</summary>
    private static bool IsMaker(ISymbol member, ITypeSymbol hold) =>
        member.ContainingType is { } owner && (owner.Name == "NoLocks" || SymbolEqualityComparer.Default.Equals(owner.OriginalDefinition, hold.OriginalDefinition));

    /// <summary>A variable of such a type may be used in place, or given by reference, or returned; not read into another.</summary>
    private static void CheckCopy(OperationAnalysisContext context)
    {
        IOperation use = context.Operation;
        bool isCopy = use.Parent switch
        {
            IVariableInitializerOperation initializer => initializer.Parent is not IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None },
            ISimpleAssignmentOperation assignment => assignment.Value == use && !assignment.IsRef && assignment.Target is not IDiscardOperation,
            IArgumentOperation argument => argument.Parameter?.RefKind == RefKind.None,
            _ => false,
        };
        if (isCopy && Scope.IsHold(use.Type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.CopiedHold, use.Syntax.GetLocation(), use.Type!.Name));
        }
    }
}
