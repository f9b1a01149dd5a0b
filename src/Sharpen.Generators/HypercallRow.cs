using System;

namespace Sharpen.Generators;

/// <summary>One operation as its attribute declares it: all the generator needs, comparable so that nothing is generated twice.</summary>
internal sealed class HypercallRow(
    string operation, int number, string numberName, string? commandType, string? commandName, string? arguments, bool writesBack, bool privileged, bool onDomain,
    bool writesBackRefused)
    : IEquatable<HypercallRow>
{
    /// <summary>The operation's type, fully qualified.</summary>
    internal string Operation { get; } = operation;

    /// <summary>The hypercall's number, for the order of the output.</summary>
    internal int Number { get; } = number;

    /// <summary>The member of <c>Hypercall</c>.</summary>
    internal string NumberName { get; } = numberName;

    /// <summary>The enum of its commands, fully qualified, or null when the hypercall has none.</summary>
    internal string? CommandType { get; } = commandType;

    /// <summary>The member of that enum.</summary>
    internal string? CommandName { get; } = commandName;

    /// <summary>The structure that the second argument points to, fully qualified, or null.</summary>
    internal string? Arguments { get; } = arguments;

    /// <summary>True when the structure is written back on success.</summary>
    internal bool WritesBack { get; } = writesBack;

    /// <summary>True when it is written back on an error too.</summary>
    internal bool WritesBackRefused { get; } = writesBackRefused;

    /// <summary>True when only a privileged domain may call it.</summary>
    internal bool Privileged { get; } = privileged;

    /// <summary>True when it is done to a domain that the structure's header names.</summary>
    internal bool OnDomain { get; } = onDomain;

    /// <summary>True when command and interface version stand in a header in memory, before the structure, and only a privileged domain may ask.</summary>
    internal bool HasHeader => NumberName is "PlatformOp" or "Sysctl" or "Domctl" or "Arch0";

    public bool Equals(HypercallRow? other) => other is not null && Key == other.Key;

    public override bool Equals(object? other) => Equals(other as HypercallRow);

    public override int GetHashCode() => Key.GetHashCode();

    private string Key => $"{Operation}|{Number}|{NumberName}|{CommandType}|{CommandName}|{Arguments}|{WritesBack}|{Privileged}|{OnDomain}|{WritesBackRefused}";
}
