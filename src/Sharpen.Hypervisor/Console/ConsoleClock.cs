using Sharpen.Machine.State;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Console;

/// <summary>The time as the console's rate limits see it: that of the last timer tick, so that logging reads no clock.</summary>
public static class ConsoleClock
{
    /// <summary>The time of the last <see cref="Advance"/>.</summary>
    public static Instant Now => Root.Of<ConsoleState>().Now;

    /// <summary>Called by the timer code with the current time; any CPU, no lock.</summary>
    public static void Advance(Instant now) => Root.Of<ConsoleState>().Now = now;
}
