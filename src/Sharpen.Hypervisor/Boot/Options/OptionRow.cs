using System;

namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>One option as its reader sees it.</summary>
public readonly ref struct OptionRow
{
    internal OptionRow(ReadOnlySpan<byte> name, ReadOnlySpan<byte> form, ReadOnlySpan<byte> initial, ReadOnlySpan<byte> help)
    {
        Name = name;
        Form = form;
        Initial = initial;
        Help = help;
    }

    /// <summary>The name, as Xen has it.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>What may follow the equals sign.</summary>
    public ReadOnlySpan<byte> Form { get; }

    /// <summary>What holds when the option is not given.</summary>
    public ReadOnlySpan<byte> Initial { get; }

    /// <summary>What it does; one paragraph of Markdown.</summary>
    public ReadOnlySpan<byte> Help { get; }
}
