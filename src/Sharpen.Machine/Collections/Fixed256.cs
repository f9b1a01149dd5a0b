using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharpen.Machine.Collections;

/// <summary>256 values in place, with an indexer that checks; see <see cref="Fixed8{T}"/> for the family.</summary>
/// <typeparam name="T">The value.</typeparam>
public struct Fixed256<T>
    where T : unmanaged
{
    /// <summary>How many values there are.</summary>
    public const int Length = 256;

    private Storage _storage;

    /// <summary>One value; an index out of range is a bug of ours.</summary>
    [UnscopedRef]
    public ref T this[int index] => ref Span[index];

    /// <summary>The value at an index modulo <see cref="Length"/>: no index is out of range, so none is compared.</summary>
    /// <remarks>Safety: the mask leaves less than <see cref="Length"/>, a power of two, which is how many values the storage holds.</remarks>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Wrapped(uint index) => ref Unsafe.Add(ref Unsafe.As<Storage, T>(ref _storage), (nint)(index & (Length - 1)));

    /// <summary>The value at an index that cannot be out of range, so that none is compared.</summary>
    /// <remarks>Safety: the index is less than <see cref="Length"/> by its type.</remarks>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At(ByteIndex index) => ref Unsafe.Add(ref Unsafe.As<Storage, T>(ref _storage), index.Value);

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
