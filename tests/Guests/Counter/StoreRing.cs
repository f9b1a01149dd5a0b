using System;
using System.Threading;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>The ring that this guest shares with the store: one question at a time. Source: <c>io/xs_wire.h</c>.</summary>
internal static unsafe class StoreRing
{
    internal const uint Read = 2;
    internal const uint Watch = 4;
    internal const uint Start = 6;
    internal const uint End = 7;
    internal const uint Write = 11;
    private const uint Event = 15;
    private const uint Error = 16;
    private const ulong PresentWritable = 0x63;
    private const ulong PageSize = 4096;
    private const uint Size = 1024;
    private const int RequestTaken = 2048;
    private const int RequestPut = 2052;
    private const int AnswerTaken = 2056;
    private const int AnswerPut = 2060;
    private static byte* s_page;
    private static uint s_events;

    /// <summary>Maps it behind the page tables.</summary>
    internal static bool TryMap()
    {
        s_page = (byte*)(Boot.Info->PageTableBase + (Boot.Info->PageTableFrames * PageSize));
        return Kernel.Remap((ulong)s_page, (Boot.Info->StoreMfn << 12) | PresentWritable) == 0;
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <returns>Its bytes, of which as many as there is room for are put there; -1: refused.</returns>
    internal static int Ask(uint type, uint transaction, ReadOnlySpan<byte> payload, byte* answer, int room)
    {
        uint put = Word(RequestPut);
        PutWord(ref put, type);
        PutWord(ref put, 1);
        PutWord(ref put, transaction);
        PutWord(ref put, (uint)payload.Length);
        for (int index = 0; index < payload.Length; index++)
        {
            s_page[put++ % Size] = payload[index];
        }

        Volatile.Write(ref *(uint*)(s_page + RequestPut), put);
        Notify();
        uint heard;
        int length;
        do
        {
            heard = Hear(answer, room, out length);
        }
        while (heard == Event);
        return heard == Error ? -1 : length;
    }

    /// <summary>Waits until a watch has fired since this was called last.</summary>
    internal static void WaitForEvent()
    {
        byte* nothing = stackalloc byte[1];
        while (s_events == 0)
        {
            _ = Hear(nothing, 0, out _);
        }

        s_events = 0;
    }

    /// <summary>Takes one message.</summary>
    /// <returns>Its type.</returns>
    private static uint Hear(byte* text, int room, out int length)
    {
        uint taken = Word(AnswerTaken);
        bool isFull = Word(AnswerPut) - taken == Size;
        uint type = TakeWord(ref taken);
        _ = TakeWord(ref taken);
        _ = TakeWord(ref taken);
        length = (int)TakeWord(ref taken);
        for (int index = 0; index < length; index++)
        {
            byte one = Take(ref taken);
            if (index < room)
            {
                text[index] = one;
            }
        }

        length = length < room ? length : room;
        Volatile.Write(ref *(uint*)(s_page + AnswerTaken), taken);
        if (isFull)
        {
            Notify();
        }

        s_events += type == Event ? 1U : 0;
        return type;
    }

    private static byte Take(ref uint taken)
    {
        while (true)
        {
            // Masked, so that an event between the look and the sleep ends the sleep.
            Volatile.Write(ref Events.Vcpu->UpcallMask, 1);
            if (Word(AnswerPut) != taken)
            {
                break;
            }

            Kernel.Block();
        }

        Events.Enable();
        return s_page[Size + (taken++ % Size)];
    }

    private static uint TakeWord(ref uint taken)
    {
        uint value = 0;
        for (int shift = 0; shift < 32; shift += 8)
        {
            value |= (uint)Take(ref taken) << shift;
        }

        return value;
    }

    private static void PutWord(ref uint put, uint value)
    {
        for (int shift = 0; shift < 32; shift += 8)
        {
            s_page[put++ % Size] = unchecked((byte)(value >> shift));
        }
    }

    private static uint Word(int offset) => Volatile.Read(ref *(uint*)(s_page + offset));

    private static void Notify()
    {
        uint port = Boot.Info->StorePort;
        Stubs.Call(Hypercall.EventChannelOp, (ulong)EventChannelCommand.Send, (ulong)&port, 0, 0);
    }
}
