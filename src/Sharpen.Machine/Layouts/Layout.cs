using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Machine.Results;

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

    /// <summary>A part of a value that is itself a value.</summary>
    /// <typeparam name="TWhole">Plain data.</typeparam>
    /// <typeparam name="TPart">Plain data.</typeparam>
    /// <param name="whole">The value.</param>
    /// <param name="offset">Where the part begins, in bytes; all of it lies in the whole.</param>
    /// <remarks>Safety: both are numbers and structures of numbers, by their marker; the part is compared with the whole.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly TPart Part<TWhole, TPart>(ref readonly TWhole whole, int offset)
        where TWhole : unmanaged, IAbiData
        where TPart : unmanaged, IAbiData
    {
        Bug.Unless(sizeof(TPart) <= sizeof(TWhole) && (uint)offset <= (uint)(sizeof(TWhole) - sizeof(TPart)));
        return ref *(TPart*)unchecked((byte*)Unsafe.AsPointer(in whole) + offset);
    }

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
