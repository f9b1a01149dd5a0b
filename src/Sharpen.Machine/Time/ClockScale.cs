namespace Sharpen.Machine.Time;

/// <summary>Turns ticks into nanoseconds the way the ABI's <c>vcpu_time_info</c> says: shift, then a 32-bit fraction.</summary>
public readonly struct ClockScale
{
    /// <summary><c>tsc_to_system_mul</c></summary>
    public readonly uint Multiplier;

    /// <summary><c>tsc_shift</c></summary>
    public readonly sbyte Shift;

    private ClockScale(uint multiplier, sbyte shift)
    {
        Multiplier = multiplier;
        Shift = shift;
    }

    /// <summary>The scale of a counter that ticks so often; a rate of zero is taken for 1 GHz.</summary>
    public static ClockScale ForRate(ulong ticksPerSecond)
    {
        const ulong NanosecondsPerSecond = 1_000_000_000;
        ulong rate = ticksPerSecond == 0 ? NanosecondsPerSecond : ticksPerSecond;
        int shift = 0;
        while (rate > 2 * NanosecondsPerSecond)
        {
            rate >>= 1;
            shift--;
        }

        while (rate <= NanosecondsPerSecond)
        {
            rate <<= 1;
            shift++;
        }

        return new ClockScale((uint)((NanosecondsPerSecond << 32) / rate), (sbyte)shift);
    }

    /// <summary>Nanoseconds in so many ticks.</summary>
    public Duration Scale(ulong ticks)
    {
        ulong shifted = Shift >= 0 ? ticks << Shift : ticks >> -Shift;
        ulong high = (shifted >> 32) * Multiplier;
        ulong low = ((shifted & uint.MaxValue) * Multiplier) >> 32;
        return new Duration(high + low);
    }
}
