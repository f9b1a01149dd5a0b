using System;
using Sharpen.Machine.Time;
using Xunit;

namespace Sharpen.Unit.Time;

/// <summary>The calendar of real-time clocks, against .NET's.</summary>
public sealed class CalendarTimeTests
{
    [Fact]
    public void Every_day_is_where_the_library_has_it()
    {
        for (DateTime day = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc); day.Year < 2205; day = day.AddDays(1))
        {
            Assert.True(CalendarTime.TryToSeconds(day.Year, day.Month, day.Day, 86_399, out ulong seconds));
            Assert.Equal((ulong)(day.AddSeconds(86_399) - DateTime.UnixEpoch).TotalSeconds, seconds);
        }
    }

    [Theory]
    [InlineData(1969, 12, 31, 0U)]
    [InlineData(2023, 2, 29, 0U)]
    [InlineData(2100, 2, 29, 0U)]
    [InlineData(2024, 13, 1, 0U)]
    [InlineData(2024, 0, 1, 0U)]
    [InlineData(2024, 4, 31, 0U)]
    [InlineData(2024, 1, 0, 0U)]
    [InlineData(2024, 1, 1, 86_400U)]
    [InlineData(int.MaxValue, 1, 1, 0U)]
    public void What_no_clock_shows_is_refused(int year, int month, int day, uint secondOfDay) =>
        Assert.False(CalendarTime.TryToSeconds(year, month, day, secondOfDay, out _));
}
