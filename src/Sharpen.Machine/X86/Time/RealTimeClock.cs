using Sharpen.Machine.Io;

namespace Sharpen.Machine.Time;

/// <summary>The clock that runs while the host is off, taken to keep UTC. Source: Motorola MC146818A data sheet; the PC's ports 0x70 and 0x71.</summary>
public static class RealTimeClock
{
    private const ushort Index = 0x70;
    private const ushort Data = 0x71;
    private const byte NmiOff = 0x80;
    private const byte Updating = 0x80;
    private const byte IsBinary = 4;
    private const byte Is24Hours = 2;
    private const byte Afternoon = 0x80;
    private const int Tries = 8;
    private const int Patience = 20_000;

    /// <summary>Seconds since 1970; 0 when there is no clock that answers sensibly.</summary>
    public static ulong Read()
    {
        ulong last = 0;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            for (int turn = 0; turn < Patience && (Register(10) & Updating) != 0; turn++)
            {
            }

            ulong now = ReadOnce();
            if (now != 0 && now == last)
            {
                return now;
            }

            last = now;
        }

        return 0;
    }

    private static ulong ReadOnce()
    {
        byte format = Register(11);
        bool isBinary = (format & IsBinary) != 0;
        byte hours = Register(4);
        int hour = Number((byte)(hours & ~Afternoon), isBinary);
        if ((format & Is24Hours) == 0)
        {
            hour = (hour % 12) + ((hours & Afternoon) != 0 ? 12 : 0);
        }

        int second = Number(Register(0), isBinary);
        int minute = Number(Register(2), isBinary);
        int year = Number(Register(9), isBinary);
        year += year < 70 ? 2000 : 1900;
        if (second > 59 || minute > 59 || hour > 23)
        {
            return 0;
        }

        uint secondOfDay = (uint)((((hour * 60) + minute) * 60) + second);
        CalendarTime.TryToSeconds(year, Number(Register(8), isBinary), Number(Register(7), isBinary), secondOfDay, out ulong seconds);
        return seconds;
    }

    private static int Number(byte value, bool isBinary) => isBinary ? value : ((value >> 4) * 10) + (value & 15);

    private static byte Register(byte number)
    {
        Port.Out8(Index, (byte)(number | NmiOff));
        byte value = Port.In8(Data);
        Port.Out8(Index, number);
        return value;
    }
}
