using System;
using System.Runtime.InteropServices;
using Sharpen.Machine.Layouts;
using Xunit;

namespace Sharpen.Unit.Collections;

/// <summary>Work on words at once, against one byte or word at a time.</summary>
public sealed class WordsTests
{
    [Fact]
    public void A_pair_is_found_wherever_it_stands()
    {
        Random random = new(1);
        for (int length = 0; length <= 140; length++)
        {
            byte[] bytes = new byte[length];
            for (int at = 0; at <= length; at++)
            {
                for (int index = 0; index < length; index++)
                {
                    byte value = (byte)random.Next(256);
                    bytes[index] = index < at && (value & 0xfe) == 0xe8 ? (byte)(value ^ 0x80) : value;
                }

                if (at < length)
                {
                    bytes[at] = (byte)(0xe8 | (at & 1));
                }

                Assert.Equal(at, Words.IndexOfPair(bytes, (byte)(0xe8 | (length & 1))));
            }
        }
    }

    [Fact]
    public void Words_are_combined_one_after_the_other()
    {
        Random random = new(2);
        for (int count = 0; count < 40; count++)
        {
            ulong[] words = new ulong[200];
            byte[] bytes = new byte[(count * 8) + 3];
            random.NextBytes(MemoryMarshal.AsBytes(words.AsSpan()));
            random.NextBytes(bytes);
            ulong[] expected = [.. words];
            for (int index = 0; index < count; index++)
            {
                expected[100 + index] = BitConverter.ToUInt64(bytes, index * 8) ^ expected[99 + index] ^ expected[95 + index] ^ expected[20 + index];
            }

            Words.Combine(words.AsSpan(100, count), bytes, words.AsSpan(99), words.AsSpan(95), words.AsSpan(20, count));
            Assert.Equal(expected, words);
        }
    }

    [Theory]
    [InlineData(4, 31, 4, 4, 4)]
    [InlineData(4, 32, 3, 4, 4)]
    [InlineData(4, 32, 4, 3, 4)]
    [InlineData(4, 32, 4, 4, 0)]
    public void Lengths_that_are_too_short_stop_the_host(int to, int bytes, int first, int second, int third) =>
        Assert.ThrowsAny<Exception>(() => Words.Combine(new ulong[to], new byte[bytes], new ulong[first], new ulong[second], new ulong[third]));
}
