using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Sharpen.Generators;

/// <summary>
/// Makes the hypercall table from the <c>[Hypercall]</c> attributes: a switch over numbers, one over the commands of each
/// number, and the names for logs. A number or command with no row answers ENOSYS. Two rows for one command are an error.
/// </summary>
[Generator]
public sealed class HypercallGenerator : IIncrementalGenerator
{
    private const string Attribute = "Sharpen.Hypervisor.Hypercalls.HypercallAttribute";

    private static readonly DiagnosticDescriptor s_twice = new(
        "SHARPEN001", "Hypercall declared twice", "'{0}' and '{1}' both answer {2}", "Hypercalls", DiagnosticSeverity.Error, true);

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<HypercallRow>> rows =
            context.SyntaxProvider.ForAttributeWithMetadataName(Attribute, (_, _) => true, Read).SelectMany((all, _) => all).Collect();
        context.RegisterSourceOutput(rows, Emit);
    }

    private static ImmutableArray<HypercallRow> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancel) =>
        context.Attributes.Select(data => Read((INamedTypeSymbol)context.TargetSymbol, data)).ToImmutableArray();

    private static HypercallRow Read(INamedTypeSymbol type, AttributeData data)
    {
        TypedConstant number = data.ConstructorArguments[0];
        TypedConstant? command = data.ConstructorArguments.Length > 1 ? data.ConstructorArguments[1] : null;
        INamedTypeSymbol? shape = type.AllInterfaces.FirstOrDefault(face => face.Name is "IHypercall" or "IDomctl" && face.IsGenericType);
        return new HypercallRow(
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            System.Convert.ToInt32(number.Value),
            NameOf(number),
            command?.Type?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            command is null ? null : NameOf(command.Value),
            shape?.TypeArguments[0].ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Flag(data, "WritesBack"),
            Flag(data, "Privileged"),
            type.AllInterfaces.Any(face => face.Name == "IDomctl"),
            Flag(data, "WritesBackRefused"));
    }

    private static void Emit(SourceProductionContext context, ImmutableArray<HypercallRow> rows)
    {
        List<HypercallRow> ordered = rows.OrderBy(row => row.Number).ThenBy(row => row.CommandName, System.StringComparer.Ordinal).ToList();
        foreach (IGrouping<string, HypercallRow> same in ordered.GroupBy(row => row.NumberName + "." + row.CommandName).Where(group => group.Count() > 1))
        {
            string[] names = same.Select(row => row.Operation).ToArray();
            context.ReportDiagnostic(Diagnostic.Create(s_twice, Location.None, names[0], names[1], same.Key));
        }

        if (ordered.Count != 0)
        {
            context.AddSource("HypercallTable.g.cs", HypercallTableWriter.Write(ordered));
        }
    }

    private static bool Flag(AttributeData data, string name) =>
        data.NamedArguments.Any(argument => argument.Key == name && argument.Value.Value is true);

    private static string NameOf(TypedConstant constant) =>
        constant.Type!.GetMembers().OfType<IFieldSymbol>().First(field => field.HasConstantValue && Equals(field.ConstantValue, constant.Value)).Name;
}
