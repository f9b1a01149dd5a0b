namespace Sharpen.Machine.Time;

/// <summary>The calendar that real-time clocks keep, in UTC.</summary>
public static class CalendarTime
{
    private const int Epoch = 1970;
    private const uint SecondsPerDay = 86_400;

    /// <summary>Seconds since 1970. False: there is no such moment, or it was before.</summary>
    /// <param name="year">With its century.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">From 1 on.</param>
    /// <param name="secondOfDay">Below 86,400.</param>
    /// <param name="seconds">The answer.</param>
    public static bool TryToSeconds(int year, int month, int day, uint secondOfDay, out ulong seconds)
    {
        seconds = 0;
        if (year is < Epoch or > 9999 || month is < 1 or > 12 || day < 1 || day > DaysOf(year, month) || secondOfDay >= SecondsPerDay)
        {
            return false;
        }

        ulong days = (ulong)((365 * (year - Epoch)) + LeapDaysBefore(year) - LeapDaysBefore(Epoch) + day - 1);
        for (int before = 1; before < month; before++)
        {
            days += (ulong)DaysOf(year, before);
        }

        seconds = (days * SecondsPerDay) + secondOfDay;
        return true;
    }

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static int LeapDaysBefore(int year) => ((year - 1) / 4) - ((year - 1) / 100) + ((year - 1) / 400);

    private static int DaysOf(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };
}
