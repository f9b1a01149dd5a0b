using System.Threading;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>
/// Misuses the rings that it shares with dom0's daemons, for a number of rounds: floods them, or writes indices and messages that cannot be.
/// Whoever serves others must go on doing so.
/// </summary>
internal static unsafe class Program
{
    private const ulong PresentWritable = 0x63;
    private const ulong PageSize = 4096;
    private const uint StoreRing = 1024;
    private const uint ConsoleOutput = 2048;
    private const int RequestTaken = 2048;
    private const int RequestPut = 2052;
    private const int AnswerTaken = 2056;
    private const int AnswerPut = 2060;
    private const int ConsoleOutputTaken = 3080;
    private const int ConsoleOutputPut = 3084;

    internal static void Main()
    {
        byte* free = (byte*)(Boot.Info->PageTableBase + (Boot.Info->PageTableFrames * PageSize));
        long store = Kernel.Remap((ulong)free, (Boot.Info->StoreMfn << 12) | PresentWritable);
        long console = Kernel.Remap((ulong)free + PageSize, (Boot.Info->ConsoleMfn << 12) | PresentWritable);
        ulong rounds = Boot.Number("rounds="u8, ulong.MaxValue);
        ulong deed = Boot.Number("deed="u8, 0);
        Line.Of("vandal: deed "u8).Number(deed).Text(", rings mapped "u8).Answer(store).Text(" "u8).Answer(console).Print();
        Events.Enable();
        for (ulong round = 1; round <= rounds; round++)
        {
            switch (deed)
            {
                case 0:
                    SayMuch(free + PageSize);
                    break;
                case 1:
                    Spoil(free + PageSize, ConsoleOutputPut, round);
                    Notify(Boot.Info->ConsolePort);
                    break;
                case 2:
                    AskMuch(free, round);
                    break;
                case 3:
                    Spoil(free, (round & 1) == 0 ? RequestPut : AnswerTaken, round);
                    Notify(Boot.Info->StorePort);
                    break;
                default:
                    AskNonsense(free, round);
                    break;
            }
        }

        Line.Of("vandal: done"u8).Print();
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;

    private static void SayMuch(byte* page)
    {
        uint put = Word(page, ConsoleOutputPut);
        uint room = ConsoleOutput - unchecked(put - Word(page, ConsoleOutputTaken));
        for (uint index = 0; index < room; index++)
        {
            page[1024 + (unchecked(put + index) % ConsoleOutput)] = (byte)((index & 63) == 63 ? '\n' : 'v');
        }

        Volatile.Write(ref *(uint*)(page + ConsoleOutputPut), unchecked(put + room));
        Notify(Boot.Info->ConsolePort);
    }

    private static void Spoil(byte* page, int offset, ulong round)
    {
        Volatile.Write(ref *(uint*)(page + offset), unchecked((uint)(round * 2654435761)));
    }

    /// <summary>As many writes as the ring takes, and what comes back is thrown away unread.</summary>
    private static void AskMuch(byte* page, ulong round)
    {
        const uint Write = 11;
        Throw(page);
        while (unchecked(Word(page, RequestPut) - Word(page, RequestTaken)) <= StoreRing - 64)
        {
            Ask(page, Write, "data/vandal\0some value"u8, 22);
        }

        Notify(Boot.Info->StorePort);
        if ((round & 7) == 0)
        {
            Kernel.Yield();
        }
    }

    /// <summary>Requests of no kind, of impossible lengths, and with nothing in them.</summary>
    private static void AskNonsense(byte* page, ulong round)
    {
        Throw(page);
        uint length = (round % 500) == 499 ? 5000 : (uint)(round % 23);
        if (unchecked(Word(page, RequestPut) - Word(page, RequestTaken)) <= StoreRing - 64)
        {
            Ask(page, (uint)(round % 40), "@\0/\0\0x//y\0\xff\0-1\0tttttttt"u8, length);
        }

        Notify(Boot.Info->StorePort);
    }

    private static void Ask(byte* page, uint type, System.ReadOnlySpan<byte> payload, uint length)
    {
        uint put = Word(page, RequestPut);
        Put(page, ref put, type);
        Put(page, ref put, 1);
        Put(page, ref put, 0);
        Put(page, ref put, length);
        for (int index = 0; index < payload.Length && (uint)index < length; index++)
        {
            page[put++ % StoreRing] = payload[index];
        }

        Volatile.Write(ref *(uint*)(page + RequestPut), put);
    }

    private static void Put(byte* page, ref uint put, uint value)
    {
        for (int shift = 0; shift < 32; shift += 8)
        {
            page[put++ % StoreRing] = unchecked((byte)(value >> shift));
        }
    }

    private static void Throw(byte* page) => Volatile.Write(ref *(uint*)(page + AnswerTaken), Word(page, AnswerPut));

    private static uint Word(byte* page, int offset) => Volatile.Read(ref *(uint*)(page + offset));

    private static void Notify(uint port) => Stubs.Call(Hypercall.EventChannelOp, (ulong)EventChannelCommand.Send, (ulong)&port, 0, 0);
}
