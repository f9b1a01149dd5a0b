using System;
using Sharpen.Machine.Layouts;
using Xunit;

namespace Sharpen.Unit.Collections;

/// <summary>Repeats, against one byte at a time.</summary>
public sealed class CopiesTests
{
    [Fact]
    public void A_repeat_is_what_copying_byte_by_byte_makes()
    {
        for (int distance = 1; distance <= 20; distance++)
        {
            for (int length = 0; length <= 40; length++)
            {
                for (int slack = 0; slack <= 9; slack++)
                {
                    byte[] bytes = new byte[distance + length + slack];
                    new Random(distance).NextBytes(bytes.AsSpan(0, distance));
                    byte[] expected = [.. bytes];
                    for (int index = distance; index < distance + length; index++)
                    {
                        expected[index] = expected[index - distance];
                    }

                    Copies.Repeat(bytes, distance, distance, length);
                    Assert.True(expected.AsSpan(0, distance + length).SequenceEqual(bytes.AsSpan(0, distance + length)), $"{distance}, {length}, {slack}");
                }
            }
        }
    }

    [Theory]
    [InlineData(11, 1, 0)]
    [InlineData(-1, 1, 0)]
    [InlineData(4, 0, 1)]
    [InlineData(4, 5, 1)]
    [InlineData(4, 1, 7)]
    [InlineData(4, 1, -1)]
    [InlineData(int.MaxValue, 1, int.MaxValue)]
    public void Arguments_out_of_range_stop_the_host(int position, int distance, int length) =>
        Assert.ThrowsAny<Exception>(() => Copies.Repeat(new byte[10], position, distance, length));
}
