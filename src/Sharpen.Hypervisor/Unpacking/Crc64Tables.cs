using System;
using System.Buffers.Binary;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The other checksum of xz files (ECMA-182), four bytes at a time. Meaningful when all zero: the tables fill themselves.</summary>
internal struct Crc64Tables
{
    private const ulong Polynomial = 0xc96c5795d7870f42;
    private const int Row = 256;

    private Fixed1024<ulong> _rows;

    /// <summary>The checksum of the bytes.</summary>
    internal ulong Of(ReadOnlySpan<byte> bytes)
    {
        if (_rows[1] == 0)
        {
            Fill();
        }

        unchecked
        {
            ulong crc = ulong.MaxValue;
            ref Fixed1024<ulong> rows = ref _rows;
            while (bytes.Length >= sizeof(uint))
            {
                uint word = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ (uint)crc;
                crc = (crc >> 32) ^ rows.Wrapped((3 * Row) + (word & 0xff)) ^ rows.Wrapped((2 * Row) + ((word >> 8) & 0xff))
                    ^ rows.Wrapped(Row + ((word >> 16) & 0xff)) ^ rows.Wrapped(word >> 24);
                bytes = bytes.Slice(sizeof(uint));
            }

            foreach (byte value in bytes)
            {
                crc = rows[(byte)(crc ^ value)] ^ (crc >> 8);
            }

            return ~crc;
        }
    }

    private void Fill()
    {
        for (int index = 0; index < Row; index++)
        {
            ulong value = (ulong)(uint)index;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ ((value & 1) != 0 ? Polynomial : 0);
            }

            _rows[index] = value;
        }

        for (int index = Row; index < Fixed1024<ulong>.Length; index++)
        {
            ulong before = _rows[index - Row];
            _rows[index] = (before >> 8) ^ _rows[(int)(before & 0xff)];
        }
    }
}
