using System;

namespace Sharpen.Machine.Io;

/// <summary>The first 16550 serial port, polled. A port that is absent or never ready is given up, not waited for.</summary>
/// <remarks>Source: PC16550D data sheet.</remarks>
public static class SerialPort
{
    private const ushort Base = 0x3f8;
    private const ushort LineStatus = Base + 5;
    private const byte TransmitterEmpty = 0x20;
    private const byte DataReady = 0x01;
    private const int Patience = 100_000;

    /// <summary>115200 baud, 8N1, FIFO on. False when no port answers.</summary>
    public static bool Initialise()
    {
        Port.Out8(Base + 7, 0x5a);
        if (Port.In8(Base + 7) != 0x5a)
        {
            return false;
        }

        Port.Out8(Base + 1, 0);
        Port.Out8(Base + 3, 0x80);
        Port.Out8(Base, 1);
        Port.Out8(Base + 1, 0);
        Port.Out8(Base + 3, 3);
        Port.Out8(Base + 2, 0xc7);
        Port.Out8(Base + 4, 0x0b);
        return true;
    }

    /// <summary>Writes all bytes, or false if the port stopped taking them.</summary>
    public static bool Write(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (!WaitUntilEmpty())
            {
                return false;
            }

            Port.Out8(Base, value);
        }

        return true;
    }

    /// <summary>The most bytes that the port takes at once: its FIFO.</summary>
    public const int BurstBytes = 16;

    /// <summary>Writes up to <see cref="BurstBytes"/> bytes at once if the port is ready for them; never waits, never writes a part.</summary>
    public static bool TryWriteBurst(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BurstBytes || (Port.In8(LineStatus) & TransmitterEmpty) == 0)
        {
            return false;
        }

        foreach (byte value in bytes)
        {
            Port.Out8(Base, value);
        }

        return true;
    }

    /// <summary>A received byte, if there is one.</summary>
    public static bool TryRead(out byte value)
    {
        bool ready = (Port.In8(LineStatus) & DataReady) != 0;
        value = ready ? Port.In8(Base) : (byte)0;
        return ready;
    }

    /// <summary>From now on a received byte raises the port's interrupt.</summary>
    public static void InterruptOnInput() => Port.Out8(Base + 1, 1);

    private static bool WaitUntilEmpty()
    {
        for (int turn = 0; turn < Patience; turn++)
        {
            if ((Port.In8(LineStatus) & TransmitterEmpty) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
