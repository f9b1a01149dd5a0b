using System;
using System.Buffers.Binary;

namespace Sharpen.Fuzz;

/// <summary>Spoils bytes in the ways in which firmware, loaders and attackers do.</summary>
public sealed class Mutator(Random random)
{
    private static readonly uint[] s_telling =
        [0, 1, 2, 7, 8, 35, 36, 0x7f, 0x80, 0xff, 0x100, 0xfff, 0x1000, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];

    /// <summary>A copy with one to eight things wrong.</summary>
    public byte[] Spoil(ReadOnlySpan<byte> original)
    {
        byte[] bytes = original.ToArray();
        for (int i = random.Next(1, 9); i > 0 && bytes.Length > 0; i--)
        {
            bytes = Once(bytes);
        }

        return bytes;
    }

    private byte[] Once(byte[] bytes)
    {
        int at = random.Next(bytes.Length);
        uint telling = s_telling[random.Next(s_telling.Length)];
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                bytes[at] = unchecked((byte)telling);
                return bytes;
            case 3 when bytes.Length - at >= 4:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at & ~3), telling);
                return bytes;
            case 4 when bytes.Length - at >= 8:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at & ~7), telling | ((ulong)telling << 32));
                return bytes;
            case 5:
                return bytes[..at];
            case 6:
                int length = random.Next(Math.Min(64, bytes.Length - at));
                return [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
            default:
                bytes.AsSpan(at, random.Next(Math.Min(32, bytes.Length - at))).Fill(unchecked((byte)telling));
                return bytes;
        }
    }
}
