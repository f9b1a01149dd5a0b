using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Layouts;

/// <summary>Copies of bytes that safe code could make only one byte at a time.</summary>
public static class Copies
{
    private const int Word = sizeof(ulong);

    /// <summary>The same as <see cref="TryRepeat"/>; an argument out of range is a bug of ours and stops the host.</summary>
    /// <param name="bytes">The span.</param>
    /// <param name="position">Where the copy goes.</param>
    /// <param name="distance">1 to <paramref name="position"/>.</param>
    /// <param name="length">At most what follows the position.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Repeat(Span<byte> bytes, int position, int distance, int length) =>
        Bug.Unless(TryRepeat(bytes, position, unchecked((uint)distance - 1), unchecked((uint)length)));

    /// <summary>
    /// Repeats what lies some bytes back: the bytes that are written may be read again, as LZ77 means it. Bytes behind the copy, up to
    /// seven and within the span, may be overwritten. False, and nothing done: it would begin before the span or end behind it.
    /// </summary>
    /// <param name="bytes">The span.</param>
    /// <param name="position">Where the copy goes, in the span.</param>
    /// <param name="back">How far back it comes from, less one byte.</param>
    /// <param name="length">How many bytes.</param>
    /// <remarks>Safety: all is compared with the span first, once.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRepeat(Span<byte> bytes, int position, uint back, uint length)
    {
        unchecked
        {
            if (back >= (uint)position || (uint)position > (uint)bytes.Length || length > (uint)(bytes.Length - position))
            {
                return false;
            }

            ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), position);
            if (back < Word - 1 || (int)length > bytes.Length - position - Word)
            {
                Slowly(ref to, (int)back + 1, (int)length, bytes.Length - position);
                return true;
            }

            ref byte from = ref Unsafe.Add(ref to, -(nint)back - 1);
            nint end = (nint)length;
            for (nint done = 0; done < end; done += Word)
            {
                At(ref to, done) = At(ref from, done);
            }

            return true;
        }
    }

    // Near the span's end, or a pattern shorter than a word.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Slowly(ref byte to, int distance, int length, int room)
    {
        unchecked
        {
            if (length > room - Word)
            {
                Bytewise(ref to, distance, length);
            }
            else if (distance is 1 or 2 or 4)
            {
                Fill(ref to, Pattern(ref to, distance), length);
            }
            else
            {
                // Once so much of the pattern is there that a word of it does not overlap itself, words do.
                nint back = Whole(distance);
                Bytewise(ref to, distance, Math.Min(length, (int)back));
                for (nint done = back; done < length; done += Word)
                {
                    At(ref to, done) = At(ref to, done - back);
                }
            }
        }
    }

    private static void Fill(ref byte to, ulong pattern, nint length)
    {
        unchecked
        {
            for (nint done = 0; done < length; done += Word)
            {
                At(ref to, done) = pattern;
            }
        }
    }

    private static ulong Pattern(ref byte to, int distance) => unchecked(distance switch
    {
        1 => Unsafe.Add(ref to, -1) * 0x0101010101010101UL,
        2 => Unsafe.As<byte, ushort>(ref Unsafe.Add(ref to, -2)) * 0x0001000100010001UL,
        _ => Unsafe.As<byte, uint>(ref Unsafe.Add(ref to, -4)) * 0x0000000100000001UL,
    });

    // The smallest multiple of a distance that is not below eight.
    private static int Whole(int distance) => distance switch
    {
        3 => 9,
        5 => 10,
        6 => 12,
        7 => 14,
        _ => distance,
    };

    private static void Bytewise(ref byte to, nint back, nint length)
    {
        unchecked
        {
            for (nint done = 0; done < length; done++)
            {
                Unsafe.Add(ref to, done) = Unsafe.Add(ref to, done - back);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong At(ref byte start, nint offset) => ref Unsafe.As<byte, ulong>(ref Unsafe.Add(ref start, offset));
}
