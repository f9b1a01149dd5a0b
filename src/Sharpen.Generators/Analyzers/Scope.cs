using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Sharpen.Generators.Analyzers;

/// <summary>Where a rule holds, and which types it is about.</summary>
internal static class Scope
{
    private const string Machine = "Sharpen.Machine";

    /// <summary>Assemblies that decide and describe: no runtime, and no way round the type system.</summary>
    public static bool IsPolicy(Compilation compilation) => compilation.AssemblyName is "Sharpen.Hypervisor" or "Sharpen.Abi";

    /// <summary>True for Result and Result of T.</summary>
    public static bool IsResult(ITypeSymbol? type) => type is { Name: "Result" } && type.ContainingNamespace?.ToDisplayString() == "Sharpen.Machine.Results";

    /// <summary>A ref struct of the machine that must be disposed exactly once: a held lock, an open mapping.</summary>
    public static bool IsHold(ITypeSymbol? type) =>
        type is { IsRefLikeType: true } && IsOfMachine(type.ContainingNamespace)
        && type.GetMembers("Dispose").OfType<IMethodSymbol>().Any(static method => method.Parameters.IsEmpty && method.DeclaredAccessibility == Accessibility.Public);

    /// <summary>True for a type that Sharpen.Abi declares.</summary>
    public static bool IsOfAbi(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() == "Sharpen.Abi";

    private static bool IsOfMachine(INamespaceSymbol? space)
    {
        string name = space?.ToDisplayString() ?? "";
        return name == Machine || name.StartsWith(Machine + ".", StringComparison.Ordinal);
    }
}
