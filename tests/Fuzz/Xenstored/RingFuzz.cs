using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharpen.ToolsTests.Xenstored;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Serving;
using Xunit;

namespace Sharpen.Fuzz.Xenstored;

/// <summary>Guests at the store's ring: one that says nonsense and moves indices as it likes, one that only asks strange things.</summary>
public sealed class RingFuzz
{
    private const int Steps = 40;
    private const int MostMemory = 4 << 20;
    private const int RequestPut = 2052;
    private const int Words = 2076 / sizeof(uint);
    private static readonly uint[] s_telling = [0, 1, 2, 16, 1023, 1024, 1025, 2048, 4096, 5000, 0x7fffffff, 0x80000000, uint.MaxValue - 1023, uint.MaxValue];

    [Fact]
    public void A_hostile_guest_disturbs_only_itself() => Fuzzer.Run(500, PlayHostile);

    [Fact]
    [Trait("Tier", "All")]
    public void A_million_steps_of_hostile_guests_disturb_only_them() => Fuzzer.Run(1_000_000 / Steps, PlayHostile);

    [Fact]
    public void Whatever_is_asked_in_whatever_pieces_is_answered_once() => Fuzzer.Run(1_000, PlayPieces);

    private static void PlayHostile(Random random)
    {
        using RingWorld ring = new();
        StoreRequests requests = new(random);
        for (int step = 0; step < Steps; step++)
        {
            switch (random.Next(6))
            {
                case 0:
                    ring[random.Next(Words) * sizeof(uint)] = Value(random);
                    break;
                case 1:
                    ring[RequestPut] = unchecked(ring[RequestPut] + (uint)random.Next(1025));
                    break;
                case 2:
                    ring[2056] = ring[2060];
                    break;
                case 3:
                    ring[2068] = (uint)random.Next(3);
                    break;
                default:
                    Say(ring, Message(requests, random, (uint)step));
                    break;
            }

            ring.Run();
            Assert.InRange(ring.Guest.Memory + ring.Guest.Output.Length, 0, MostMemory);
        }

        Assert.InRange(ring.Notices, 0, Steps * 40);
        Assert.InRange(ring.Lines.Count, 0, Steps);
        Assert.Equal("OK\0", ring.World.Write(ring.World.Control, "/still", "here"));
        Assert.Equal("OK\0", ring.World.Ask(ring.World.Control, StoreMessage.Control, "check\0"));
    }

    private static uint Value(Random random) => random.Next(2) == 0 ? s_telling[random.Next(s_telling.Length)] : unchecked((uint)random.Next(int.MinValue, int.MaxValue));

    // As far as there is room, and without looking whether there is any.
    private static void Say(RingWorld ring, byte[] bytes)
    {
        uint put = ring[RequestPut];
        for (int at = 0; at + sizeof(uint) <= bytes.Length; at += sizeof(uint))
        {
            ring[(int)(unchecked(put + (uint)at) % RingPage.RingSize) & ~3] = MemoryMarshal.Read<uint>(bytes.AsSpan(at));
        }

        ring[RequestPut] = unchecked(put + (uint)bytes.Length);
    }

    private static byte[] Message(StoreRequests requests, Random random, uint number)
    {
        StoreMessage type = requests.Type();
        byte[] payload = requests.Payload(type);
        StoreHeader header = new() { Type = type, Request = number, Transaction = requests.Transaction(), Length = random.Next(30) == 0 ? Value(random) : (uint)payload.Length };
        byte[] message = new byte[StoreHeader.Size + payload.Length];
        MemoryMarshal.Write(message, in header);
        payload.CopyTo(message, StoreHeader.Size);
        return message;
    }

    private static void PlayPieces(Random random)
    {
        using RingWorld ring = new();
        StoreRequests requests = new(random);
        List<byte> all = [];
        for (uint number = 1; number <= Steps; number++)
        {
            StoreMessage type = requests.Type();
            byte[] payload = requests.Payload(type);
            byte[] message = new byte[StoreHeader.Size + payload.Length];
            StoreHeader header = new() { Type = type, Request = number, Transaction = requests.Transaction(), Length = (uint)payload.Length };
            MemoryMarshal.Write(message, in header);
            payload.CopyTo(message, StoreHeader.Size);
            all.AddRange(message);
        }

        List<uint> answered = [];
        for (int at = 0; at < all.Count;)
        {
            // Whoever listened has room for a whole ring.
            int count = Math.Min(random.Next(1, RingPage.RingSize + 1), all.Count - at);
            ring.Say(CollectionsMarshal.AsSpan(all).Slice(at, count));
            at += count;
            foreach ((StoreHeader header, string _) in ring.Hear())
            {
                if (header.Type != StoreMessage.WatchEvent)
                {
                    answered.Add(header.Request);
                }
            }
        }

        Assert.Equal(Steps, answered.Count);
        Assert.Equal(answered.Count, new HashSet<uint>(answered).Count);
    }
}
