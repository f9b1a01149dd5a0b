using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The checksum of zstd frames: XXH64 with the seed 0. Source: the xxHash specification; RFC 8878, 3.1.1.</summary>
internal static class XxHash64
{
    private const ulong Prime1 = 0x9e3779b185ebca87;
    private const ulong Prime2 = 0xc2b2ae3d27d4eb4f;
    private const ulong Prime3 = 0x165667b19e3779f9;
    private const ulong Prime4 = 0x85ebca77c2b2ae63;
    private const ulong Prime5 = 0x27d4eb2f165667c5;
    private const int Stripe = 32;

    /// <summary>The checksum of the bytes.</summary>
    internal static ulong Of(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            ulong hash = Prime5;
            ulong length = (ulong)(uint)bytes.Length;
            if (bytes.Length >= Stripe)
            {
                hash = OfStripes(ref bytes);
            }

            hash += length;
            while (bytes.Length >= sizeof(ulong))
            {
                hash = (BitOperations.RotateLeft(hash ^ Round(0, Word(bytes)), 27) * Prime1) + Prime4;
                bytes = bytes.Slice(sizeof(ulong));
            }

            if (bytes.Length >= sizeof(uint))
            {
                hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Prime1), 23) * Prime2) + Prime3;
                bytes = bytes.Slice(sizeof(uint));
            }

            foreach (byte value in bytes)
            {
                hash = BitOperations.RotateLeft(hash ^ (value * Prime5), 11) * Prime1;
            }

            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return hash ^ (hash >> 32);
        }
    }

    private static ulong OfStripes(ref ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            ulong lane0 = Prime1 + Prime2;
            ulong lane1 = Prime2;
            ulong lane2 = 0;
            ulong lane3 = 0 - Prime1;
            while (bytes.Length >= Stripe)
            {
                lane0 = Round(lane0, Word(bytes));
                lane1 = Round(lane1, Word(bytes.Slice(8)));
                lane2 = Round(lane2, Word(bytes.Slice(16)));
                lane3 = Round(lane3, Word(bytes.Slice(24)));
                bytes = bytes.Slice(Stripe);
            }

            ulong hash = BitOperations.RotateLeft(lane0, 1) + BitOperations.RotateLeft(lane1, 7) + BitOperations.RotateLeft(lane2, 12)
                + BitOperations.RotateLeft(lane3, 18);
            return Merge(Merge(Merge(Merge(hash, lane0), lane1), lane2), lane3);
        }
    }

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static ulong Round(ulong lane, ulong word) => unchecked(BitOperations.RotateLeft(lane + (word * Prime2), 31) * Prime1);

    private static ulong Merge(ulong hash, ulong lane) => unchecked(((hash ^ Round(0, lane)) * Prime1) + Prime4);
}
