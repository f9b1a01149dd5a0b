using System;
using System.Buffers.Binary;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The checksum of gzip and of most xz files (IEEE 802.3), eight bytes at a time, and less of long data. Meaningful when all zero: the tables fill themselves.</summary>
internal struct Crc32Tables
{
    private const uint Polynomial = 0xedb88320;
    private const int Row = 256;

    private Fixed256<uint> _row0;
    private Fixed256<uint> _row1;
    private Fixed256<uint> _row2;
    private Fixed256<uint> _row3;
    private Fixed256<uint> _row4;
    private Fixed256<uint> _row5;
    private Fixed256<uint> _row6;
    private Fixed256<uint> _row7;

    private Crc32Fold _fold;

    /// <summary>The checksum of the bytes.</summary>
    internal uint Of(ReadOnlySpan<byte> bytes)
    {
        if (_row0[1] == 0)
        {
            Fill();
        }

        uint crc = uint.MaxValue;
        if (bytes.Length >= Crc32Fold.LeastBytes)
        {
            int number = _fold.Shorten(bytes, crc);
            bytes = bytes.Slice(number * sizeof(ulong));
            crc = 0;
            for (int left = Crc32Fold.Far; left > 0; left--)
            {
                crc = Of(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ _fold.Take(number++) ^ crc);
                bytes = bytes.Slice(sizeof(ulong));
            }
        }

        while (bytes.Length >= sizeof(ulong))
        {
            crc = Of(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc);
            bytes = bytes.Slice(sizeof(ulong));
        }

        foreach (byte value in bytes)
        {
            crc = _row0.Wrapped(crc ^ value) ^ (crc >> 8);
        }

        return ~crc;
    }

    /// <summary>The checksum behind a word to which the checksum before it was added.</summary>
    private uint Of(ulong word)
    {
        unchecked
        {
            uint high = (uint)(word >> 32);
            uint low = (uint)word;
            return _row7.Wrapped(low) ^ _row6.Wrapped(low >> 8) ^ _row5.Wrapped(low >> 16) ^ _row4.Wrapped(low >> 24)
                ^ _row3.Wrapped(high) ^ _row2.Wrapped(high >> 8) ^ _row1.Wrapped(high >> 16) ^ _row0.Wrapped(high >> 24);
        }
    }

    private void Fill()
    {
        for (int index = 0; index < Row; index++)
        {
            uint value = (uint)index;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ ((value & 1) != 0 ? Polynomial : 0);
            }

            _row0[index] = value;
        }

        FillNext(ref _row0, ref _row1);
        FillNext(ref _row1, ref _row2);
        FillNext(ref _row2, ref _row3);
        FillNext(ref _row3, ref _row4);
        FillNext(ref _row4, ref _row5);
        FillNext(ref _row5, ref _row6);
        FillNext(ref _row6, ref _row7);
    }

    private readonly void FillNext(ref Fixed256<uint> row, ref Fixed256<uint> next)
    {
        for (int index = 0; index < Row; index++)
        {
            next[index] = (row[index] >> 8) ^ _row0.ReadOnly[(int)(row[index] & 0xff)];
        }
    }
}
