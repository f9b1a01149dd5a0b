using System;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>Sets of ranges against a plain set of numbers.</summary>
public sealed class IoRangesTests
{
    private const int Numbers = 64;

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Any_changes_give_the_same_set_as_numbers_one_by_one(int seed)
    {
        Random random = new(seed);
        HashSet<ulong> expected = [];
        IoRanges ranges = default;
        for (int step = 0; step < 2000; step++)
        {
            ulong first = (ulong)random.Next(Numbers);
            ulong last = Math.Min(first + (ulong)random.Next(8), Numbers - 1);
            bool adds = random.Next(2) == 0;
            Assert.True((adds ? ranges.Add(first, last) : ranges.Remove(first, last)).Try(out _));
            for (ulong number = first; number <= last; number++)
            {
                _ = adds ? expected.Add(number) : expected.Remove(number);
            }

            for (ulong number = 0; number < Numbers; number++)
            {
                Assert.Equal(expected.Contains(number), ranges.Contains(number, number));
                Assert.Equal(expected.Contains(number) && expected.Contains(number + 1), ranges.Contains(number, number + 1));
            }
        }
    }

    [Fact]
    public void The_ends_of_all_numbers_are_numbers_like_others()
    {
        IoRanges ranges = default;
        Assert.True(ranges.Add(0, ulong.MaxValue).Try(out _));
        Assert.True(ranges.Contains(0, ulong.MaxValue));
        Assert.True(ranges.Remove(0, 0).Try(out _));
        Assert.True(ranges.Remove(ulong.MaxValue, ulong.MaxValue).Try(out _));
        Assert.True(ranges.Contains(1, ulong.MaxValue - 1));
        Assert.False(ranges.Contains(0, 1));
        Assert.False(ranges.Contains(ulong.MaxValue - 1, ulong.MaxValue));
        Assert.True(ranges.Add(ulong.MaxValue, ulong.MaxValue).Try(out _));
        Assert.True(ranges.Add(0, 0).Try(out _));
        Assert.Equal(1, ranges.Count);
        Assert.True(ranges.Remove(0, ulong.MaxValue).Try(out _));
        Assert.Equal(0, ranges.Count);
    }

    [Fact]
    public void Too_many_ranges_change_nothing()
    {
        IoRanges ranges = default;
        for (ulong index = 0; index < IoRanges.Limit; index++)
        {
            Assert.True(ranges.Add(index * 10, (index * 10) + 4).Try(out _));
        }

        Assert.Equal(Errno.NoMem, ranges.Add(1000, 1000).Error);
        Assert.Equal(Errno.NoMem, ranges.Remove(2, 2).Error);
        Assert.True(ranges.Contains(0, 4));
        Assert.True(ranges.Add(5, 9).Try(out _));
        Assert.True(ranges.Contains(0, 14));
        Assert.True(ranges.Add(1000, 1000).Try(out _));
    }

    [Fact]
    public void The_wrong_order_is_refused()
    {
        IoRanges ranges = default;
        Assert.Equal(Errno.Inval, ranges.Add(2, 1).Error);
        Assert.Equal(Errno.Inval, ranges.Remove(2, 1).Error);
        Assert.True(ranges.Add(0, 10).Try(out _));
        Assert.False(ranges.Contains(5, 4));
    }
}
