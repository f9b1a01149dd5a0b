namespace Sharpen.Machine.Time;

/// <summary>A length of time in nanoseconds; never negative.</summary>
public readonly struct Duration
{
    public readonly ulong Nanoseconds;

    public Duration(ulong nanoseconds) => Nanoseconds = nanoseconds;

    public static Duration FromMicroseconds(uint microseconds) => new(microseconds * 1_000UL);

    public static Duration FromMilliseconds(uint milliseconds) => new(milliseconds * 1_000_000UL);

    public static bool operator <(Duration left, Duration right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(Duration left, Duration right) => left.Nanoseconds > right.Nanoseconds;
}
