using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>Bits of bytes, the lowest first. What lies beyond the end reads as zero; <see cref="IsBeyond"/> tells that it was used.</summary>
internal ref struct BitReader
{
    private const int MostBits = 56;

    private readonly ReadOnlySpan<byte> _input;
    private int _next;
    private int _available;

    internal BitReader(ReadOnlySpan<byte> input) => _input = input;

    /// <summary>The next bits: 56 after <see cref="Fill"/>.</summary>
    internal ulong Window { get; private set; }

    /// <summary>True when more was used than there is.</summary>
    internal readonly bool IsBeyond => Used > _input.Length;

    /// <summary>Bytes used, in whole or in part.</summary>
    internal readonly int Used => _next - (_available >> 3);

    /// <summary>Makes 56 bits ready.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Fill()
    {
        unchecked
        {
            if (_next <= _input.Length - sizeof(ulong))
            {
                Window |= BinaryPrimitives.ReadUInt64LittleEndian(_input.Slice(_next, sizeof(ulong))) << _available;
                _next += (63 - _available) >> 3;
                _available |= MostBits;
                return;
            }

            FillBytewise();
        }
    }

    /// <summary>Uses up bits that are ready.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Drop(int bits)
    {
        unchecked
        {
            Window >>= bits;
            _available -= bits;
        }
    }

    /// <summary>Takes up to 32 bits that are ready.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Take(int bits)
    {
        unchecked
        {
            int value = (int)(Window & ((1UL << bits) - 1));
            Drop(bits);
            return value;
        }
    }

    /// <summary>Forgets the rest of a byte that was used in part.</summary>
    internal void Align() => Drop(_available & 7);

    /// <summary>Takes whole bytes, of an aligned reader; fewer when there are not so many.</summary>
    internal ReadOnlySpan<byte> TakeBytes(int bytes)
    {
        int start = Math.Min(Used, _input.Length);
        _next = start;
        _available = 0;
        Window = 0;
        int count = Math.Min(bytes, _input.Length - start);
        _next += count;
        return _input.Slice(start, count);
    }

    private void FillBytewise()
    {
        while (_available < MostBits)
        {
            if (_next < _input.Length)
            {
                Window |= (ulong)_input[_next] << _available;
            }

            _next++;
            _available += 8;
        }
    }
}
