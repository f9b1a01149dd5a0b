using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharpen.Machine.Collections;

/// <summary>8 values in place, with an indexer that checks.</summary>
/// <remarks>
/// The family Fixed8 to Fixed32768 replaces arrays in structs of state: no allocation, no pointer, all zero at first. Policy cannot index
/// an inline array itself (the compiler needs Unsafe for it), so the family lives here and differs in nothing but the length.
/// </remarks>
/// <typeparam name="T">The value.</typeparam>
public struct Fixed8<T>
    where T : unmanaged
{
    /// <summary>How many values there are.</summary>
    public const int Length = 8;

    private Storage _storage;

    /// <summary>One value; an index out of range is a bug of ours.</summary>
    [UnscopedRef]
    public ref T this[int index] => ref Span[index];

    /// <summary>The value at an index modulo <see cref="Length"/>: no index is out of range, so none is compared.</summary>
    /// <remarks>Safety: the mask leaves less than <see cref="Length"/>, a power of two, which is how many values the storage holds.</remarks>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Wrapped(uint index) => ref Unsafe.Add(ref Unsafe.As<Storage, T>(ref _storage), (nint)(index & (Length - 1)));

    /// <summary>All values.</summary>
    /// <remarks>Safety: the storage holds exactly <see cref="Length"/> values, and the span lives no longer than the struct.</remarks>
    [UnscopedRef]
    public Span<T> Span => MemoryMarshal.CreateSpan(ref Unsafe.As<Storage, T>(ref _storage), Length);

    /// <summary>All values, to read.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<T> ReadOnly =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Storage, T>(ref Unsafe.AsRef(in _storage)), Length);

    [InlineArray(Length)]
    private struct Storage
    {
        private T _first;
    }
}
