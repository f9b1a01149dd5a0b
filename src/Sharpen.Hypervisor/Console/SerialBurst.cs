using System;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Io;

namespace Sharpen.Hypervisor.Console;

/// <summary>As many bytes of the ring as a port takes in one go, each line feed with the carriage return that terminals need.</summary>
internal static class SerialBurst
{
    /// <summary>Offers the next bytes to the port; moves <paramref name="next"/> past them when the port took them.</summary>
    /// <param name="patience">How often to offer.</param>
    internal static bool Send(in ConsoleRing ring, ref uint next, int patience)
    {
        Fixed16<byte> bytes = default;
        uint after = next;
        int length = 0;
        while (after != ring.Producer && length < SerialPort.BurstBytes - 1)
        {
            byte value = ring.At(after);
            if (value == (byte)'\n')
            {
                bytes[length++] = (byte)'\r';
            }

            bytes[length++] = value;
            after = unchecked(after + 1);
        }

        if (!Offer(bytes.ReadOnly.Slice(0, length), patience))
        {
            return false;
        }

        next = after;
        return true;
    }

    private static bool Offer(scoped ReadOnlySpan<byte> bytes, int patience)
    {
        for (int turn = 0; turn < patience; turn++)
        {
            if (SerialPort.TryWriteBurst(bytes))
            {
                return true;
            }

            Processor.Relax();
        }

        return false;
    }
}
