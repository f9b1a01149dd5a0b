using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Sharpen.Generators.Analyzers;

/// <summary>SH0001: an error that nobody looks at.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IgnoredResultAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Diagnostics.IgnoredResult];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(static context =>
        {
            if (((IExpressionStatementOperation)context.Operation).Operation is IInvocationOperation call && Scope.IsResult(call.Type))
            {
                context.ReportDiagnostic(Diagnostic.Create(Diagnostics.IgnoredResult, call.Syntax.GetLocation(), call.TargetMethod.Name));
            }
        }, OperationKind.ExpressionStatement);
    }
}
