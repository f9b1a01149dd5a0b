using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Layouts;

/// <summary>Work on long runs of bytes, a word at a time and without a comparison for each, for safe code.</summary>
public static class Words
{
    private const int Word = sizeof(ulong);
    private const int Turn = 4 * Word;
    private const ulong Ones = 0x0101010101010101;
    private const ulong LowBits = 0x7f * Ones;
    private const ulong HighBits = 0x80 * Ones;

    /// <summary>
    /// Makes each word the exclusive or of a word of bytes and of three other words, one after the other: what is written may be read
    /// again as one of the others further on.
    /// </summary>
    /// <param name="to">The words.</param>
    /// <param name="bytes">At least as many.</param>
    /// <param name="first">At least as many.</param>
    /// <param name="second">At least as many.</param>
    /// <param name="third">At least as many.</param>
    /// <remarks>Safety: all lengths are compared first, once; one that is too short is a bug of ours and stops the host.</remarks>
    public static void Combine(Span<ulong> to, ReadOnlySpan<byte> bytes, ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ReadOnlySpan<ulong> third)
    {
        unchecked
        {
            Bug.Unless(first.Length >= to.Length && second.Length >= to.Length && third.Length >= to.Length && bytes.Length / Word >= to.Length);
            ref byte target = ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetReference(to));
            ref byte source = ref MemoryMarshal.GetReference(bytes);
            ref byte a = ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetReference(first));
            ref byte b = ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetReference(second));
            ref byte c = ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetReference(third));
            nint end = (nint)(uint)to.Length * Word;
            nint at = 0;
            for (; at <= end - Turn; at += Turn)
            {
                At(ref target, at) = At(ref source, at) ^ At(ref a, at) ^ At(ref b, at) ^ At(ref c, at);
                At(ref target, at + 8) = At(ref source, at + 8) ^ At(ref a, at + 8) ^ At(ref b, at + 8) ^ At(ref c, at + 8);
                At(ref target, at + 16) = At(ref source, at + 16) ^ At(ref a, at + 16) ^ At(ref b, at + 16) ^ At(ref c, at + 16);
                At(ref target, at + 24) = At(ref source, at + 24) ^ At(ref a, at + 24) ^ At(ref b, at + 24) ^ At(ref c, at + 24);
            }

            for (; at < end; at += Word)
            {
                At(ref target, at) = At(ref source, at) ^ At(ref a, at) ^ At(ref b, at) ^ At(ref c, at);
            }
        }
    }

    /// <summary>How many bytes precede the first that is one of two numbers apart by their lowest bit; all, when there is none.</summary>
    /// <param name="bytes">Any number.</param>
    /// <param name="value">One of the two.</param>
    /// <remarks>Safety: a word is read only while all of it lies in the span.</remarks>
    public static int IndexOfPair(ReadOnlySpan<byte> bytes, byte value)
    {
        unchecked
        {
            ref byte source = ref MemoryMarshal.GetReference(bytes);
            ulong pattern = (ulong)(uint)(value >> 1) * Ones;
            nint end = bytes.Length;
            nint at = 0;
            while (at <= end - Turn && (Differs(At(ref source, at), pattern) & Differs(At(ref source, at + 8), pattern)
                & Differs(At(ref source, at + 16), pattern) & Differs(At(ref source, at + 24), pattern) & HighBits) == HighBits)
            {
                at += Turn;
            }

            for (; at <= end - Word; at += Word)
            {
                ulong equal = ~Differs(At(ref source, at), pattern) & HighBits;
                if (equal != 0)
                {
                    return (int)at + (BitOperations.TrailingZeroCount(equal) >> 3);
                }
            }

            while (at < end && ((Unsafe.Add(ref source, at) ^ value) & 0xfe) != 0)
            {
                at++;
            }

            return (int)at;
        }
    }

    // Bit 7 of a byte stays clear only where its other bits are those of the pattern.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Differs(ulong word, ulong pattern) => unchecked((((word >> 1) & LowBits) ^ pattern) + LowBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong At(ref byte start, nint offset) => ref Unsafe.As<byte, ulong>(ref Unsafe.Add(ref start, offset));
}
