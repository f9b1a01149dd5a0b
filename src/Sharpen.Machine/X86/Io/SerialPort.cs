using System;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Io;

/// <summary>The first 16550 serial port, polled. A port that is absent or never ready is given up, not waited for.</summary>
/// <remarks>Source: PC16550D data sheet.</remarks>
public static class SerialPort
{
    private const ushort UsualBase = 0x3f8;
    private const byte Input = 1;
    private const byte InputOrOutput = 3;
    private const uint FastestBaud = 115200;
    private const byte TransmitterEmpty = 0x20;
    private const byte DataReady = 0x01;
    private const int Patience = 100_000;

    private static ushort Base => Root.Of<SerialState>().Base == 0 ? UsualBase : Root.Of<SerialState>().Base;

    /// <summary>The first of the eight ports that it uses.</summary>
    public static ushort FirstPort => Base;

    private static ushort LineStatus => (ushort)(Base + 5);

    /// <summary>8N1, FIFO on. False when no port answers.</summary>
    /// <param name="portBase">The first of its eight I/O ports; 0 for 0x3f8.</param>
    /// <param name="baud">Bits per second, up to 115200; 0 leaves the speed as it is.</param>
    public static bool Initialise(ushort portBase = 0, uint baud = FastestBaud)
    {
        ushort port = portBase == 0 ? UsualBase : portBase;
        Root.Of<SerialState>().Base = port;
        Port.Out8((ushort)(port + 7), 0x5a);
        if (Port.In8((ushort)(port + 7)) != 0x5a)
        {
            return false;
        }

        Port.Out8((ushort)(port + 1), 0);
        if (baud != 0)
        {
            uint divisor = FastestBaud / Math.Min(baud, FastestBaud);
            Port.Out8((ushort)(port + 3), 0x80);
            Port.Out8(port, (byte)(divisor & 0xff));
            Port.Out8((ushort)(port + 1), (byte)((divisor >> 8) & 0xff));
        }

        Port.Out8((ushort)(port + 3), 3);
        Port.Out8((ushort)(port + 2), 0xc7);
        Port.Out8((ushort)(port + 4), 0x0b);
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

    /// <summary>From now on a received byte raises the port's interrupt, and so does, if asked for, room for more output.</summary>
    public static void UseInterrupts(bool output) => Port.Out8((ushort)(Base + 1), (byte)(output ? InputOrOutput : Input));

    private struct SerialState
    {
        internal ushort Base;
    }

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
