using System.Runtime.CompilerServices;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Time;

/// <summary>System time from the time-stamp counter, which all CPUs are taken to share.</summary>
public static class Clock
{
    private struct State
    {
        internal ulong Start;
        internal ulong TicksPerSecond;
        internal ulong LocalTimerTicksPerSecond;
        internal ClockScale Scale;
    }

    private static ref State Shared => ref Root.Of<State>();

    /// <summary>Now. Zero until <see cref="Calibration"/> has run.</summary>
    public static Instant Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => At(Instructions.ReadTsc());
    }

    /// <summary>How often the counter ticks, in Hz.</summary>
    public static ulong TicksPerSecond => Shared.TicksPerSecond;

    /// <summary>How often local timers tick, in Hz.</summary>
    public static ulong LocalTimerTicksPerSecond => Shared.LocalTimerTicksPerSecond;

    /// <summary>For guests that read the counter themselves.</summary>
    public static ClockScale Scale => Shared.Scale;

    /// <summary>The counter now, for guests' time records.</summary>
    public static ulong Ticks => Instructions.ReadTsc();

    /// <summary>System time at a reading of the counter.</summary>
    public static Instant At(ulong ticks)
    {
        ref State shared = ref Shared;
        return ticks < shared.Start ? default : default(Instant) + shared.Scale.Scale(ticks - shared.Start);
    }

    internal static void Start(ulong start, ulong ticksPerSecond, ulong localTimerTicksPerSecond)
    {
        ref State shared = ref Shared;
        shared.Start = start;
        shared.TicksPerSecond = ticksPerSecond;
        shared.LocalTimerTicksPerSecond = localTimerTicksPerSecond;
        shared.Scale = ClockScale.ForRate(ticksPerSecond);
    }
}
