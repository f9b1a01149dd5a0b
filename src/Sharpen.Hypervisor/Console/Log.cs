using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Console;

/// <summary>
/// Lines for whoever runs the host. A line begins with whom it concerns (<c>d3v1: </c>, <c>ACPI: </c>), states a fact and the values, and
/// fits 100 characters. It goes to the ring in memory, which the serial port drains; nothing here waits for a device that is stuck.
/// </summary>
/// <remarks>Any lock may be held: the console's lock is the innermost. Not from NMI context.</remarks>
public static class Log
{
    /// <summary>Our own fault.</summary>
    public static void Error(ref LogLine<ErrorKind> line) => Write(ref line);

    /// <summary>The hardware's or the firmware's fault. What a guest can cause uses <see cref="Guest"/>.</summary>
    public static void Warning(ref LogLine<WarningKind> line) => Write(ref line);

    /// <summary>Once per lifetime of something.</summary>
    public static void Info(ref LogLine<InfoKind> line) => Write(ref line);

    /// <summary>For developers.</summary>
    public static void Debug(ref LogLine<DebugKind> line) => Write(ref line);

    /// <summary>An answer to an operator: printed whatever the thresholds are.</summary>
    public static void Report(ref LogLine<ReportKind> line) => Write(ref line);

    /// <summary>What a guest can cause: at most <see cref="LogLevel.Warning"/>, by the guests' threshold, at a limited rate.</summary>
    public static void Guest(
        LogLevel level,
        [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(level))] ref LogLine<GuestKind> line) => Write(ref line);

    /// <summary>True when lines of this level are printed.</summary>
    public static bool Admits(LogLevel level) => level <= Root.Of<ConsoleState>().Levels.Host;

    /// <summary>True when a guest's line of this level may be printed now; takes a token of the rate limit.</summary>
    public static bool AdmitsGuest(LogLevel level)
    {
        ref ConsoleState state = ref Root.Of<ConsoleState>();
        LogLevel capped = level < LogLevel.Warning ? LogLevel.Warning : level;
        return capped <= state.Levels.Guest && HostConsole.TakeGuestToken();
    }

    private static void Write<TKind>(ref LogLine<TKind> line)
        where TKind : struct, ILogKind
    {
        if (line.IsWanted)
        {
            HostConsole.WriteLine("(XEN) "u8, line.Text);
        }
    }
}
