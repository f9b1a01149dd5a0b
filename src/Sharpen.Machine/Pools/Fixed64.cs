using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharpen.Machine.Pools;

/// <summary>64 values inside their owner, reached by a checked index. (An inline array can be indexed in this assembly only.)</summary>
/// <typeparam name="T">What is stored.</typeparam>
public struct Fixed64<T>
    where T : unmanaged
{
    /// <summary>How many there are.</summary>
    public const int Length = 64;

    private Items _items;

    /// <summary>One value; an index outside 0 to 63 is our bug and stops the host.</summary>
    [UnscopedRef]
    public ref T this[int index] => ref Span[index];

    /// <summary>All of them.</summary>
    [UnscopedRef]
    public Span<T> Span => MemoryMarshal.CreateSpan(ref Unsafe.As<Items, T>(ref _items), Length);

    /// <summary>All of them, for reading.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<T> ReadOnly => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Items, T>(ref Unsafe.AsRef(in _items)), Length);

    [InlineArray(Length)]
    private struct Items
    {
        private T _first;
    }
}
