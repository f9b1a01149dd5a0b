using System;
using Sharpen.Hypervisor.Unpacking;
using Xunit;

namespace Sharpen.Unit.Unpacking;

/// <summary>The checksum, also of data that is long enough to be shortened first, against one bit at a time.</summary>
public sealed class Crc32Tests
{
    private const int Long = Crc32Fold.LeastBytes;

    public static TheoryData<int> Lengths =>
        [0, 1, 7, 8, 9, 4096, Long - 1, Long, Long + 1, Long + 7, Long + 8, Long + (4096 * 8) - 1, (2 * Long) + 1234, 1_000_003];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void It_is_what_dividing_bit_by_bit_leaves(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        Crc32Tables tables = default;
        Assert.Equal(Divide(bytes), tables.Of(bytes));
        bytes.AsSpan(length / 3).Clear();
        Assert.Equal(Divide(bytes), tables.Of(bytes));
    }

    [Fact]
    public void Every_bit_of_long_data_counts()
    {
        byte[] bytes = new byte[Long + 5];
        Crc32Tables tables = default;
        uint before = tables.Of(bytes);
        Random random = new(4);
        for (int turn = 0; turn < 200; turn++)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            uint after = tables.Of(bytes);
            Assert.NotEqual(before, after);
            before = after;
        }
    }

    private static uint Divide(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
            }
        }

        return ~crc;
    }
}
