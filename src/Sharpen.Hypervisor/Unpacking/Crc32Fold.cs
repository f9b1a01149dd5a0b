using System;
using System.Diagnostics.CodeAnalysis;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// Shortens data without changing its CRC32. The polynomial divides one of four terms, so a word may be cleared by adding it to three
/// words behind it. What stands for the data after that is its last few thousand words, with what was added to them. Meaningful when all zero.
/// </summary>
/// <remarks>The four terms, 1 + x^141760 + x^183424 + x^192384, were found by search: sums of three powers of x^64 that are 1 modulo the polynomial.</remarks>
internal struct Crc32Fold
{
    /// <summary>Words that are left.</summary>
    internal const int Far = 3006;

    /// <summary>Bytes from which on it is worth it.</summary>
    internal const int LeastBytes = 1 << 18;

    private const int Middle = Far - 2215;
    private const int Near = Far - 2866;
    private const int Room = Fixed4096<ulong>.Length;
    private const uint Mask = Room - 1;

    /// <summary>The latest words that were cleared, by their number modulo the room.</summary>
    private Fixed4096<ulong> _words;

    /// <summary>Clears all words but the last <see cref="Far"/>.</summary>
    /// <param name="bytes">More than are left; bytes behind the last whole word are not looked at.</param>
    /// <param name="start">The checksum of what precedes.</param>
    /// <returns>The number of the first word that is left.</returns>
    internal int Shorten(ReadOnlySpan<byte> bytes, uint start)
    {
        _words.Span.Clear();
        _words.Wrapped(unchecked((uint)-Far)) = start;          // reaches the first word, and no other
        int end = (bytes.Length / sizeof(ulong)) - Far;
        int done = 0;
        while (done < end)
        {
            int count = Math.Min(end - done, Math.Min(Math.Min(Left(done), Left(done - Near)), Math.Min(Left(done - Middle), Left(done - Far))));
            Words.Combine(
                Part(done, count), bytes.Slice(done * sizeof(ulong), count * sizeof(ulong)), Part(done - Near, count), Part(done - Middle, count), Part(done - Far, count));
            done += count;
        }

        return done;
    }

    /// <summary>What was added to a word that is left. To be asked once for each, in order.</summary>
    internal ulong Take(int number)
    {
        unchecked
        {
            uint word = (uint)number;
            _words.Wrapped(word) = 0;
            return _words.Wrapped(word - Near) ^ _words.Wrapped(word - Middle) ^ _words.Wrapped(word - Far);
        }
    }

    private static int Left(int number) => Room - Place(number);

    private static int Place(int number) => (int)(unchecked((uint)number) & Mask);

    [UnscopedRef]
    private Span<ulong> Part(int number, int count) => _words.Span.Slice(Place(number), count);
}
