using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// Bits of a zstd stream, which is read from its end: the highest set bit of the last byte marks where it begins. Before the start all
/// is zero; <see cref="IsAtEnd"/> tells afterwards whether exactly the stream was used.
/// </summary>
/// <remarks>Source: RFC 8878, 4.1 and 4.2.2.</remarks>
internal ref struct ZstdBits
{
    private readonly ReadOnlySpan<byte> _stream;
    private int _left;

    private ZstdBits(ReadOnlySpan<byte> stream, int left)
    {
        _stream = stream;
        _left = left;
    }

    /// <summary>True when all was used, and nothing beyond.</summary>
    internal readonly bool IsAtEnd => _left == 0;

    /// <summary>True when more was used than there is.</summary>
    internal readonly bool IsBeyond => _left < 0;

    /// <summary>Begins at the end of a stream. False: it has no mark. A stream is a part of a block, so its bits can be counted.</summary>
    internal static bool TryOpen(ReadOnlySpan<byte> stream, out ZstdBits bits)
    {
        int last = stream.IsEmpty ? 0 : stream[stream.Length - 1];
        bits = last == 0 ? default : new ZstdBits(stream, (8 * (stream.Length - 1)) + BitOperations.Log2((ulong)(uint)last));
        return last != 0;
    }

    /// <summary>The next bits, up to 32, as a number; they stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly uint Peek(int count)
    {
        unchecked
        {
            int from = _left - count;
            int at = from >> 3;
            if (from < 0 || at > _stream.Length - sizeof(ulong))
            {
                return PeekAtEdge(count);
            }

            return (uint)((BinaryPrimitives.ReadUInt64LittleEndian(_stream.Slice(at, sizeof(ulong))) >> (from & 7)) & ((1UL << count) - 1));
        }
    }

    /// <summary>Uses bits up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Drop(int count) => _left = unchecked(_left - count);

    /// <summary>Takes up to 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Take(int count)
    {
        uint value = Peek(count);
        Drop(count);
        return value;
    }

    private readonly uint PeekAtEdge(int count)
    {
        ulong value = 0;
        for (int bit = _left - 1; bit >= _left - count; bit--)
        {
            value <<= 1;
            if (bit >= 0)
            {
                value |= (ulong)(uint)(_stream[bit >> 3] >> (bit & 7)) & 1;
            }
        }

        return (uint)value;
    }
}
