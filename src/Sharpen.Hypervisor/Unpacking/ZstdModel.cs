using System;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>What a zstd frame carries from block to block: its codes, and the latest distances. Also the tables of lengths, which fill themselves.</summary>
/// <remarks>Source: RFC 8878, 3.1.1.3.2 and 3.1.1.5.</remarks>
internal struct ZstdModel
{
    internal const int LastLiteralsCode = 35;
    internal const int LastMatchCode = 52;
    internal const int LastDistanceCode = 31;

    internal ZstdHuffman Literals;
    internal ZstdCode LiteralsLengths;
    internal ZstdCode MatchLengths;
    internal ZstdCode Distances;
    internal uint Distance0;
    internal uint Distance1;
    internal uint Distance2;

    /// <summary>The least length of each code; <see cref="LiteralsExtra"/> and <see cref="MatchExtra"/> say how many bits are added.</summary>
    internal Fixed64<uint> LiteralsStarts;
    internal Fixed64<uint> MatchStarts;

    internal static ReadOnlySpan<byte> LiteralsExtra =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ];

    internal static ReadOnlySpan<byte> MatchExtra =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ];

    // How many states each symbol has in the codes that need no description, plus one; 0 for one at the end.
    internal static ReadOnlySpan<byte> UsualLiterals =>
        [5, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 3, 2, 2, 2, 2, 2, 0, 0, 0, 0];

    internal static ReadOnlySpan<byte> UsualMatches =>
    [
        2, 5, 4, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0,
    ];

    internal static ReadOnlySpan<byte> UsualDistances =>
        [2, 2, 2, 2, 2, 2, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0];

    /// <summary>As a frame begins.</summary>
    internal void Reset()
    {
        Literals.Clear();
        LiteralsLengths = default;
        MatchLengths = default;
        Distances = default;
        Distance0 = 1;
        Distance1 = 4;
        Distance2 = 8;
        FillStarts(LiteralsExtra, ref LiteralsStarts, 0);
        FillStarts(MatchExtra, ref MatchStarts, 3);
    }

    /// <summary>Makes a code out of its usual shares.</summary>
    internal static void SetUsual(ref ZstdCode code, ReadOnlySpan<byte> usual, int bits)
    {
        Fixed64<ushort> shares = default;
        for (int index = 0; index < usual.Length; index++)
        {
            shares[index] = usual[index];
        }

        _ = code.Build(shares.ReadOnly.Slice(0, usual.Length), bits);
    }

    private static void FillStarts(ReadOnlySpan<byte> extra, ref Fixed64<uint> starts, uint first)
    {
        for (int code = 0; code < extra.Length; code++)
        {
            starts[code] = first;
            first += 1u << extra[code];
        }
    }
}
