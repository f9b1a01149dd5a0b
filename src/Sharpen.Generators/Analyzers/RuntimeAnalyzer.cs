using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Sharpen.Generators.Analyzers;

/// <summary>
/// SH0003 to SH0007: what compiles for .NET but needs objects, boxes, unwinding or a library that the image does not have. The image's own
/// build would mostly fail too, but only for code that something reaches, and with a symbol's name instead of a line.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RuntimeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
        [Diagnostics.Delegate, Diagnostics.Allocation, Diagnostics.Boxing, Diagnostics.Exception, Diagnostics.RuntimeFeature];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (Scope.IsPolicy(start.Compilation))
            {
                start.RegisterOperationAction(CheckDelegate, OperationKind.DelegateCreation);
                start.RegisterOperationAction(CheckCreation, OperationKind.ObjectCreation, OperationKind.ArrayCreation, OperationKind.AnonymousObjectCreation, OperationKind.CollectionExpression);
                start.RegisterOperationAction(CheckConversion, OperationKind.Conversion);
                start.RegisterOperationAction(CheckLocal, OperationKind.VariableDeclarator);
                start.RegisterOperationAction(CheckException, OperationKind.Throw, OperationKind.CatchClause);
                start.RegisterSyntaxNodeAction(CheckFeature, SyntaxKind.LockStatement, SyntaxKind.YieldReturnStatement, SyntaxKind.YieldBreakStatement,
                    SyntaxKind.AwaitExpression, SyntaxKind.QueryExpression, SyntaxKind.UsingDirective);
            }
        });
    }

    private static void CheckDelegate(OperationAnalysisContext context) =>
        context.ReportDiagnostic(Diagnostic.Create(Diagnostics.Delegate, context.Operation.Syntax.GetLocation()));

    private static void CheckCreation(OperationAnalysisContext context)
    {
        bool isAttribute = context.Operation.Syntax.FirstAncestorOrSelf<AttributeSyntax>() is not null;
        bool isThrown = context.Operation.Syntax.Parent is ThrowStatementSyntax or ThrowExpressionSyntax;
        bool isData = context.Operation is IArrayCreationOperation && context.Operation.Parent is IConversionOperation { Type.Name: "ReadOnlySpan" };
        if (context.Operation.Type is { IsReferenceType: true } type && !isAttribute && !isThrown && !isData)
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.Allocation, context.Operation.Syntax.GetLocation(), type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
        }
    }

    private static void CheckConversion(OperationAnalysisContext context)
    {
        IConversionOperation conversion = (IConversionOperation)context.Operation;
        if (conversion.GetConversion().IsBoxing && conversion.Syntax.FirstAncestorOrSelf<AttributeSyntax>() is null)
        {
            string what = conversion.Operand.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "a value";
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.Boxing, conversion.Syntax.GetLocation(), what));
        }
    }

    private static void CheckLocal(OperationAnalysisContext context)
    {
        ILocalSymbol local = ((IVariableDeclaratorOperation)context.Operation).Symbol;
        if (local.Type.TypeKind == TypeKind.Interface)
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.Boxing, context.Operation.Syntax.GetLocation(), local.Name));
        }
    }

    private static void CheckException(OperationAnalysisContext context) =>
        context.ReportDiagnostic(Diagnostic.Create(Diagnostics.Exception, context.Operation.Syntax.GetLocation()));

    private static void CheckFeature(SyntaxNodeAnalysisContext context)
    {
        string? feature = context.Node switch
        {
            LockStatementSyntax => "lock",
            YieldStatementSyntax => "An iterator",
            AwaitExpressionSyntax => "await",
            QueryExpressionSyntax => "A query",
            UsingDirectiveSyntax { Name: { } name } when IsForRuntime(name.ToString()) => name.ToString(),
            _ => null,
        };
        if (feature is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.RuntimeFeature, context.Node.GetLocation(), feature));
        }
    }

    private static bool IsForRuntime(string space) =>
        space == "System.Linq" || space.StartsWith("System.Linq.", StringComparison.Ordinal)
        || space == "System.Reflection" || space.StartsWith("System.Threading.", StringComparison.Ordinal);
}
