using System;
using System.Diagnostics.CodeAnalysis;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>Which memory is near to which CPUs.</summary>
public struct NumaFacts
{
    /// <summary>The most nodes whose distances are kept.</summary>
    public const int MaxNodes = 64;

    /// <summary>The distance of a node from itself; also said of nodes of which nothing is known but that they are one.</summary>
    public const byte LocalDistance = 10;

    private const byte RemoteDistance = 20;

    private Fixed256<NumaRange> _ranges;
    private Fixed4096<byte> _distances;
    private int _rangeCount;

    /// <summary>How many proximity domains the table of distances has; 0 without one.</summary>
    public int DistanceCount { get; internal set; }

    /// <summary>Memory by proximity domain.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<NumaRange> Ranges => _ranges.ReadOnly.Slice(0, _rangeCount);

    /// <summary>How far one proximity domain is from another; 10 is here.</summary>
    public readonly byte Distance(uint from, uint to) =>
        from < (uint)DistanceCount && to < (uint)DistanceCount ? _distances.ReadOnly[((int)from * MaxNodes) + (int)to]
        : from == to ? LocalDistance : RemoteDistance;

    /// <summary>Adds memory; false when it does not fit.</summary>
    internal bool TryAdd(NumaRange range)
    {
        if (_rangeCount == _ranges.ReadOnly.Length)
        {
            return false;
        }

        _ranges[_rangeCount++] = range;
        return true;
    }

    /// <summary>Notes a distance.</summary>
    internal void SetDistance(int from, int to, byte distance) => _distances[(from * MaxNodes) + to] = distance;
}
