using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The checksum of gzip and of most xz files (IEEE 802.3), eight bytes at a time. Meaningful when all zero: the tables fill themselves.</summary>
internal struct Crc32Tables
{
    private const uint Polynomial = 0xedb88320;
    private const int Row = 256;

    private Fixed2048<uint> _rows;

    /// <summary>The checksum of the bytes.</summary>
    internal uint Of(ReadOnlySpan<byte> bytes)
    {
        if (_rows[1] == 0)
        {
            Fill();
        }

        unchecked
        {
            uint crc = uint.MaxValue;
            ref Fixed2048<uint> rows = ref _rows;
            while (bytes.Length >= sizeof(ulong))
            {
                ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
                crc = At(ref rows, 7, word) ^ At(ref rows, 6, word >> 8) ^ At(ref rows, 5, word >> 16) ^ At(ref rows, 4, word >> 24)
                    ^ At(ref rows, 3, word >> 32) ^ At(ref rows, 2, word >> 40) ^ At(ref rows, 1, word >> 48) ^ At(ref rows, 0, word >> 56);
                bytes = bytes.Slice(sizeof(ulong));
            }

            foreach (byte value in bytes)
            {
                crc = At(ref rows, 0, crc ^ value) ^ (crc >> 8);
            }

            return ~crc;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint At(ref Fixed2048<uint> rows, int row, ulong value) => rows[unchecked((row * Row) + (byte)value)];

    private void Fill()
    {
        for (int index = 0; index < Row; index++)
        {
            uint value = (uint)index;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ ((value & 1) != 0 ? Polynomial : 0);
            }

            _rows[index] = value;
        }

        for (int index = Row; index < Fixed2048<uint>.Length; index++)
        {
            uint before = _rows[index - Row];
            _rows[index] = (before >> 8) ^ _rows[(int)(before & 0xff)];
        }
    }
}
