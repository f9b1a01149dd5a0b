using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Time;

/// <summary>System time is what the simulation says: it stands still unless moved on. The counter ticks once a nanosecond.</summary>
public static class Clock
{
    /// <summary>Now.</summary>
    public static Instant Now => SimulatedMachine.Current.Now;

    /// <summary>How often the counter ticks, in Hz.</summary>
    public static ulong TicksPerSecond => 1_000_000_000;

    /// <summary>How often local timers tick, in Hz.</summary>
    public static ulong LocalTimerTicksPerSecond => TicksPerSecond;

    /// <summary>For guests that read the counter themselves.</summary>
    public static ClockScale Scale => ClockScale.ForRate(TicksPerSecond);

    /// <summary>The counter now, for guests' time records.</summary>
    public static ulong Ticks => Now.Nanoseconds;

    /// <summary>System time at a reading of the counter.</summary>
    public static Instant At(ulong ticks) => new(ticks);
}
