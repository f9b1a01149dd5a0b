using System;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Console;

/// <summary>What domains write by <c>CONSOLEIO_write</c>: whole lines with the domain's number before them, as <c>(d1) </c>.</summary>
public static class GuestConsole
{
    private const uint Burst = 512;

    private static Duration Interval => Duration.FromMilliseconds(2);

    /// <summary>Takes bytes that the domain wrote; complete lines go to the host's console, within the domain's rate limit.</summary>
    /// <param name="domain">The domain's number.</param>
    /// <param name="line">The domain's unfinished line; the caller sees to it that one CPU at a time is here with it.</param>
    /// <param name="text">Bytes of the guest, already copied.</param>
    public static void Write(ushort domain, ref GuestLine line, scoped ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            if (line.Take(value))
            {
                Finish(domain, ref line);
            }
        }
    }

    /// <summary>Writes the unfinished line of a domain that dies, if there is one.</summary>
    public static void Flush(ushort domain, ref GuestLine line)
    {
        if (!line.Text.IsEmpty)
        {
            Finish(domain, ref line);
        }
    }

    private static void Finish(ushort domain, ref GuestLine line)
    {
        if (line.Limit.Take(Clock.Now, Burst, Interval))
        {
            uint lost = line.Limit.TakeRefused();
            if (lost != 0)
            {
                Log.Report($"d{domain}: {lost} console lines suppressed");
            }

            TextLine prefix = default;
            prefix.Append("(d");
            prefix.AppendDecimal(domain);
            prefix.Append(") ");
            HostConsole.WriteLine(prefix.Text, line.Text);
        }

        line.Clear();
    }
}
