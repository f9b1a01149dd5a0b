using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Console;

/// <summary>How times are written in log lines.</summary>
internal static class LogUnits
{
    /// <summary>A length in the largest unit of which there is at least one, with three decimals: <c>1.500ms</c>.</summary>
    internal static void Append(ref TextLine line, Duration length)
    {
        ulong ns = length.Nanoseconds;
        (ulong unit, string name) = ns switch
        {
            >= 1_000_000_000 => (1_000_000_000UL, "s"),
            >= 1_000_000 => (1_000_000UL, "ms"),
            >= 1_000 => (1_000UL, "us"),
            _ => (1UL, "ns"),
        };
        line.AppendDecimal(ns / unit);
        if (unit > 1)
        {
            line.Append((byte)'.');
            line.AppendDecimal(ns % unit / (unit / 1000), 3, (byte)'0');
        }

        line.Append(name);
    }

    /// <summary>Seconds since the start with six decimals, or <c>never</c>.</summary>
    internal static void Append(ref TextLine line, Instant time)
    {
        if (time >= Instant.Never)
        {
            line.Append("never");
            return;
        }

        line.AppendDecimal(time.Nanoseconds / 1_000_000_000);
        line.Append((byte)'.');
        line.AppendDecimal(time.Nanoseconds % 1_000_000_000 / 1000, 6, (byte)'0');
    }
}
