using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Machine.Layouts;

/// <summary>
/// Structures as bytes and rows of structures as spans, for safe code. The compiler lets only an unsafe assembly index
/// an inline array; through here the bounds are those of the array's own size.
/// </summary>
public static unsafe class Layout
{
    /// <summary>Bytes that one value takes in memory.</summary>
    /// <typeparam name="T">The value.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf<T>()
        where T : unmanaged => sizeof(T);

    /// <summary>The elements of an inline array.</summary>
    /// <typeparam name="TRow">The inline array.</typeparam>
    /// <typeparam name="T">Its element.</typeparam>
    /// <remarks>Safety: the row holds nothing but elements, by its marker; the span is exactly as long as the row.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Items<TRow, T>(ref TRow row)
        where TRow : unmanaged, IInlineArray<T>
        where T : unmanaged => MemoryMarshal.CreateSpan(ref Unsafe.As<TRow, T>(ref row), sizeof(TRow) / sizeof(T));

    /// <summary>The bytes of one value.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    /// <remarks>Safety: any pattern of bytes is harmless in the value, by its marker, so there is nothing in it that bytes could forge.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> BytesOf<T>(ref T value)
        where T : unmanaged, IAbiData => MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref value), sizeof(T));

    /// <summary>A value that begins at an offset in bytes, or false when it does not fit. Unaligned offsets are allowed.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    public static bool TryRead<T>(ReadOnlySpan<byte> bytes, ulong offset, out T value)
        where T : unmanaged, IAbiData
    {
        if (offset > (ulong)bytes.Length || (ulong)bytes.Length - offset < (ulong)sizeof(T))
        {
            value = default;
            return false;
        }

        T copy = default;
        bytes.Slice((int)offset, sizeof(T)).CopyTo(BytesOf(ref copy));
        value = copy;
        return true;
    }
}
