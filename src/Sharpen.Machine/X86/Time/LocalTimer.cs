using Sharpen.Machine.Interrupts;

namespace Sharpen.Machine.Time;

/// <summary>This CPU's one-shot timer.</summary>
public static class LocalTimer
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Longer waits are cut: the timer then comes early and is armed again.</summary>
    private const ulong LongestNanoseconds = NanosecondsPerSecond;

    /// <summary>Raises <see cref="Vector.LocalTimer"/> at, or a little after, the deadline. <see cref="Instant.Never"/> disarms.</summary>
    public static void Arm(Instant deadline)
    {
        if (deadline.Nanoseconds == Instant.Never.Nanoseconds)
        {
            LocalApic.StartTimer(0);
            return;
        }

        ulong wait = (deadline - Clock.Now).Nanoseconds;
        if (wait > LongestNanoseconds)
        {
            wait = LongestNanoseconds;
        }

        ulong kilohertz = Clock.LocalTimerTicksPerSecond / 1000;
        ulong ticks = (wait * kilohertz / 1_000_000) + 1;
        LocalApic.StartTimer(ticks > uint.MaxValue ? uint.MaxValue : (uint)ticks);
    }
}
