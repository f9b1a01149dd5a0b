using System;

namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>What the image's symbol table knows about a code address: print <c>Type.Method+0xWithin (File:Line)</c>.</summary>
public readonly ref struct Symbol
{
    internal Symbol(ReadOnlySpan<byte> type, ReadOnlySpan<byte> method, ReadOnlySpan<byte> file, uint line, uint within)
    {
        Type = type;
        Method = method;
        File = file;
        Line = line;
        Within = within;
    }

    /// <summary>Namespace and type, UTF-8; empty for an assembly stub.</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>Method, or the label of a stub.</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>Source file from the repository's root; empty when unknown.</summary>
    public ReadOnlySpan<byte> File { get; }

    /// <summary>Line in the file, from 1; 0 when unknown.</summary>
    public uint Line { get; }

    /// <summary>Bytes from the start of the function.</summary>
    public uint Within { get; }
}
