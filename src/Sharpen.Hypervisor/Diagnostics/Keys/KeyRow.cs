using System;

namespace Sharpen.Hypervisor.Diagnostics.Keys;

/// <summary>A debug key as an operator sees it.</summary>
public readonly ref struct KeyRow
{
    internal KeyRow(byte key, ReadOnlySpan<byte> help)
    {
        Key = key;
        Help = help;
    }

    /// <summary>The character.</summary>
    public byte Key { get; }

    /// <summary>What it does.</summary>
    public ReadOnlySpan<byte> Help { get; }
}
