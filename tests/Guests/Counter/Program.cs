using System;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>
/// Waits until <c>/go</c> is in the store, and then counts in <c>/counter</c> by transactions, for a number of rounds, as others do at the
/// same time. What stands there is the count, and how often somebody tried at most until a transaction succeeded.
/// </summary>
internal static unsafe class Program
{
    private const int Room = 64;

    internal static void Main()
    {
        if (!StoreRing.TryMap())
        {
            Line.Of("counter: no ring"u8).Print();
            return;
        }

        Events.Enable();
        byte* text = stackalloc byte[Room];
        _ = StoreRing.Ask(StoreRing.Watch, 0, "/go\0w\0"u8, text, Room);
        while (StoreRing.Ask(StoreRing.Read, 0, "/go\0"u8, text, Room) < 0)
        {
            StoreRing.WaitForEvent();
        }

        ulong rounds = Boot.Number("rounds="u8, 1);
        for (ulong round = 0; round < rounds; round++)
        {
            ulong tries = 1;
            while (!TryCount(text, tries))
            {
                tries++;
            }
        }

        Kernel.Shutdown(ShutdownReason.PowerOff);
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;

    private static bool TryCount(byte* text, ulong tries)
    {
        int length = StoreRing.Ask(StoreRing.Start, 0, "\0"u8, text, Room);
        uint transaction = (uint)Number(text, length, 0);
        length = StoreRing.Ask(StoreRing.Read, transaction, "/counter\0"u8, text, Room);
        ulong count = Number(text, length, 0);
        ulong most = Number(text, length, 1);
        length = Put(text, 0, "/counter\0"u8);
        length = PutNumber(text, length, count + 1);
        length = Put(text, length, " "u8);
        length = PutNumber(text, length, most > tries ? most : tries);
        _ = StoreRing.Ask(StoreRing.Write, transaction, new ReadOnlySpan<byte>(text, length), text, Room);
        return StoreRing.Ask(StoreRing.End, transaction, "T\0"u8, text, Room) >= 0;
    }

    /// <summary>The number after so many spaces.</summary>
    private static ulong Number(byte* text, int length, int spaces)
    {
        ulong number = 0;
        for (int at = 0; at < length && text[at] != 0; at++)
        {
            if (text[at] == ' ' && spaces-- == 0)
            {
                break;
            }

            number = text[at] == ' ' ? 0 : (number * 10) + (uint)(text[at] - '0');
        }

        return number;
    }

    private static int Put(byte* text, int at, ReadOnlySpan<byte> part)
    {
        for (int index = 0; index < part.Length; index++)
        {
            text[at++] = part[index];
        }

        return at;
    }

    private static int PutNumber(byte* text, int at, ulong number)
    {
        ulong unit = 1;
        while (number / unit >= 10)
        {
            unit *= 10;
        }

        for (; unit > 0; unit /= 10)
        {
            text[at++] = (byte)('0' + (number / unit % 10));
        }

        return at;
    }
}
