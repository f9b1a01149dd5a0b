using Microsoft.CodeAnalysis;

namespace Sharpen.Generators.Analyzers;

/// <summary>What the analyzers report; docs/analyzers.md explains each to the one who meets it.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor IgnoredResult = Error("SH0001", "The result of {0} is ignored: use Try, return it, or discard it with _ =");
    public static readonly DiagnosticDescriptor BackDoor = Error("SH0002", "{0} goes round the type system; only the machine may use it");
    public static readonly DiagnosticDescriptor Delegate = Error("SH0003", "A delegate or lambda needs an object; write a static method and a type parameter");
    public static readonly DiagnosticDescriptor Allocation = Error("SH0004", "new {0} needs a garbage collector; use an unmanaged struct in a pool");
    public static readonly DiagnosticDescriptor Boxing = Error("SH0005", "{0} as a value of a reference type needs a box; use a type parameter with a constraint");
    public static readonly DiagnosticDescriptor Exception = Error("SH0006", "Nothing is thrown or caught; return an errno, crash the domain, or panic");
    public static readonly DiagnosticDescriptor RuntimeFeature = Error("SH0007", "{0} needs a runtime that the image does not have");
    public static readonly DiagnosticDescriptor ForgedHold = Error("SH0008", "This {0} was not given by what it stands for; enter the lock, or use NoLocks.Held");
    public static readonly DiagnosticDescriptor CopiedHold = Error("SH0009", "A copy of a {0} would be released twice; pass it by reference (in)");
    public static readonly DiagnosticDescriptor ForgeableData = Error("SH0010", "{0} is not plain data; bytes from outside could forge what it stands for");

    private static DiagnosticDescriptor Error(string id, string message) =>
        new(id, message.Split(';', ':')[0], message, "Sharpen", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: $"docs/analyzers.md#{id.ToLowerInvariant()}");
}
