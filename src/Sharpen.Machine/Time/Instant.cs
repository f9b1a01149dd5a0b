namespace Sharpen.Machine.Time;

/// <summary>Host system time: nanoseconds since the hypervisor started, the same on every CPU, never backwards.</summary>
public readonly struct Instant
{
    public readonly ulong Nanoseconds;

    public Instant(ulong nanoseconds) => Nanoseconds = nanoseconds;

    /// <summary>Later than any time that comes: a timer that is not armed.</summary>
    public static Instant Never => new(ulong.MaxValue);

    /// <summary>Saturates at <see cref="Never"/>.</summary>
    public static Instant operator +(Instant start, Duration length) =>
        length.Nanoseconds > ulong.MaxValue - start.Nanoseconds ? Never : new(start.Nanoseconds + length.Nanoseconds);

    /// <summary>Zero when <paramref name="end"/> is not after <paramref name="start"/>.</summary>
    public static Duration operator -(Instant end, Instant start) =>
        new(end.Nanoseconds > start.Nanoseconds ? end.Nanoseconds - start.Nanoseconds : 0);

    public static bool operator <(Instant left, Instant right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(Instant left, Instant right) => left.Nanoseconds > right.Nanoseconds;

    public static bool operator <=(Instant left, Instant right) => left.Nanoseconds <= right.Nanoseconds;

    public static bool operator >=(Instant left, Instant right) => left.Nanoseconds >= right.Nanoseconds;

    public static bool operator ==(Instant left, Instant right) => left.Nanoseconds == right.Nanoseconds;

    public static bool operator !=(Instant left, Instant right) => left.Nanoseconds != right.Nanoseconds;

    public override bool Equals(object? other) => false;

    public override int GetHashCode() => (int)(uint)(Nanoseconds & 0x7fff_ffff);
}
