using System;
using Sharpen.Abi;

namespace Sharpen.Hypervisor.Hypercalls.HypFs;

/// <summary>One entry: its name, where it hangs, and what it holds.</summary>
internal readonly ref struct HypFsRow
{
    internal HypFsRow(HypFsNode parent, HypFsType type, ReadOnlySpan<byte> name, uint mostWritten = 0)
    {
        Parent = parent;
        Type = type;
        Name = name;
        MostWritten = mostWritten;
    }

    internal HypFsNode Parent { get; }

    internal HypFsType Type { get; }

    internal ReadOnlySpan<byte> Name { get; }

    /// <summary>The most bytes that may be written to it; 0 for none.</summary>
    internal uint MostWritten { get; }
}
