using System;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>The arithmetic of credits: 256 credits are one nanosecond of CPU time for a unit of default weight.</summary>
/// <remarks>The scale keeps a unit of the largest weight from running free in short stretches: it burns one credit a nanosecond.</remarks>
public static class Credits
{
    /// <summary>What a reset gives, and the most that a unit can have: 10 ms at the default weight.</summary>
    public const long Full = 10_000_000 * PerNanosecond;

    /// <summary>How much better a waker must be than the unit it interrupts: 0.5 ms at the default weight.</summary>
    public const long Margin = 500_000 * PerNanosecond;

    internal const long PerNanosecond = 256;
    private const long Scale = PerNanosecond * SchedulingUnit.DefaultWeight;
    private const ulong LongestCharge = 1_000_000_000;
    private const ulong LongestSleep = 1_000_000_000_000;

    /// <summary>What running for so long costs. One charge covers at most a second: slices are far shorter.</summary>
    public static long Burned(Duration ran, ushort weight) => (long)Math.Min(ran.Nanoseconds, LongestCharge) * Scale / weight;

    /// <summary>How long a unit of that weight takes to burn so much, in whole nanoseconds.</summary>
    public static Duration TimeToBurn(long credits, ushort weight) =>
        credits <= 0 ? default : new((ulong)(Math.Min(credits, Full) * weight / Scale));

    /// <summary>A sleeper's debt is forgiven at the rate at which a unit of default weight would earn.</summary>
    public static long Forgiven(Duration slept) => (long)Math.Min(slept.Nanoseconds, LongestSleep) * PerNanosecond;

    /// <summary>What is left of a balance after so many resets.</summary>
    public static long After(long credit, ulong resets) =>
        credit >= Full || resets > (ulong)((Full - credit) / Full) ? Full : credit + ((long)resets * Full);

    /// <summary>How many resets bring a balance above zero.</summary>
    public static ulong ResetsNeeded(long credit) => credit > 0 ? 0 : (ulong)(-credit / Full) + 1;
}
