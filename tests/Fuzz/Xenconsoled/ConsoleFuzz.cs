using System;
using System.Collections.Generic;
using Sharpen.Xen.Native;
using Sharpen.Xenconsoled.Rings;
using Xunit;

namespace Sharpen.Fuzz.Xenconsoled;

/// <summary>Guests at their console's ring: one that moves indices as it likes, one that only says much.</summary>
public sealed class ConsoleFuzz
{
    private const int Steps = 50;
    private const int Output = ConsolePage.InputSize;
    private const int InputTaken = 3072;
    private const int OutputTaken = 3080;
    private const int OutputPut = 3084;
    private static readonly uint[] s_telling = [0, 1, 1023, 1024, 1025, 2047, 2048, 2049, 4096, 0x7fffffff, 0x80000000, uint.MaxValue - 2047, uint.MaxValue];

    [Fact]
    public void Impossible_indices_are_survived() => Fuzzer.Run(5_000, PlayHostile);

    [Fact]
    public void What_is_said_is_heard_in_order() => Fuzzer.Run(200, PlayHonest);

    [Fact]
    [Trait("Tier", "All")]
    public void A_million_impossible_indices_are_survived() => Fuzzer.Run(1_000_000 / Steps, PlayHostile);

    private static void PlayHostile(Random random)
    {
        using var memory = MappedMemory.Allocate(4096);
        ConsolePage page = new(memory);
        History history = new(4096);
        byte[] buffer = new byte[ConsolePage.OutputSize];
        long seen = 0;
        for (int step = 0; step < Steps; step++)
        {
            memory.WriteRelease(InputTaken + (4 * random.Next(4)), random.Next(2) == 0 ? s_telling[random.Next(s_telling.Length)] : unchecked((uint)random.Next(int.MinValue, int.MaxValue)));
            int length = page.Take(buffer);
            Assert.InRange(length, 0, ConsolePage.OutputSize);
            history.Add(buffer.AsSpan(0, length));
            int room = page.InputRoom;
            Assert.InRange(room, 0, ConsolePage.InputSize);
            page.Put(new byte[random.Next(room + 1)]);
            Assert.InRange(history.From(ref seen).Length, 0, 4096);
            Assert.InRange(seen, history.Start, history.End);
            Assert.InRange(history.Tail(random.Next(8192)), history.Start, history.End);
        }

        // Once the guest is sane again, it is heard again.
        memory.WriteRelease(OutputPut, memory.ReadAcquire(OutputTaken));
        Say(memory, [(byte)'x']);
        Assert.Equal(1, page.Take(buffer));
        Assert.Equal((byte)'x', buffer[0]);
    }

    private static void PlayHonest(Random random)
    {
        using var memory = MappedMemory.Allocate(4096);
        memory.WriteRelease(OutputTaken, uint.MaxValue - 1000);
        memory.WriteRelease(OutputPut, uint.MaxValue - 1000);
        ConsolePage page = new(memory);
        History history = new(random.Next(1, 3000));
        List<byte> said = [];
        List<byte> shown = [];
        byte[] buffer = new byte[ConsolePage.OutputSize];
        long position = 0;
        for (int step = 0; step < Steps; step++)
        {
            byte[] words = new byte[random.Next(ConsolePage.OutputSize + 1)];
            random.NextBytes(words);
            Say(memory, words);
            said.AddRange(words);
            history.Add(buffer.AsSpan(0, page.Take(buffer)));
            long lost = Math.Max(0, history.Start - position);
            shown.AddRange(said.GetRange((int)position, (int)lost));
            for (ReadOnlySpan<byte> next = history.From(ref position); !next.IsEmpty; next = history.From(ref position))
            {
                int count = random.Next(1, next.Length + 1);
                shown.AddRange(next[..count]);
                position += count;
            }
        }

        Assert.Equal(said, shown);
    }

    private static void Say(MappedMemory memory, ReadOnlySpan<byte> words)
    {
        uint put = memory.ReadAcquire(OutputPut);
        foreach (byte letter in words)
        {
            memory.Bytes[Output + (int)(put % ConsolePage.OutputSize)] = letter;
            put = unchecked(put + 1);
        }

        memory.WriteRelease(OutputPut, put);
    }
}
