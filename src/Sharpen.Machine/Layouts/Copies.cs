using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Layouts;

/// <summary>Copies of bytes that safe code could make only one byte at a time.</summary>
public static class Copies
{
    private const int Word = sizeof(ulong);

    /// <summary>
    /// Repeats what lies <paramref name="distance"/> bytes back: the bytes that are written may be read again, as LZ77 means it. Bytes
    /// behind the copy, up to seven and within the span, may be overwritten.
    /// </summary>
    /// <param name="bytes">The span.</param>
    /// <param name="position">Where the copy goes.</param>
    /// <param name="distance">1 to <paramref name="position"/>.</param>
    /// <param name="length">At most what follows the position.</param>
    /// <remarks>Safety: all is compared with the span first, once; an argument out of range is a bug of ours and stops the host.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Repeat(Span<byte> bytes, int position, int distance, int length)
    {
        unchecked
        {
            Bug.Unless((uint)position <= (uint)bytes.Length && (uint)(distance - 1) < (uint)position && (uint)length <= (uint)(bytes.Length - position));
            ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), position);
            if (length > bytes.Length - position - Word)
            {
                Bytewise(ref to, distance, length);
                return;
            }

            nint done = 0;
            nint back = distance;
            if (distance < Word)
            {
                // Once so much of the pattern is there that a word of it does not overlap itself, words do.
                back = Whole(distance);
                Bytewise(ref to, distance, Math.Min(length, (int)back));
                done = back;
            }

            for (; done < length; done += Word)
            {
                Unsafe.As<byte, ulong>(ref Unsafe.Add(ref to, done)) = Unsafe.As<byte, ulong>(ref Unsafe.Add(ref to, done - back));
            }
        }
    }

    // The smallest multiple of a distance below eight that is not.
    private static int Whole(int distance) => distance switch
    {
        3 => 9,
        5 => 10,
        6 => 12,
        7 => 14,
        _ => Word,
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
}
