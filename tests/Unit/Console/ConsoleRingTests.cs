using System;
using System.Linq;
using System.Text;
using CsCheck;
using Sharpen.Hypervisor.Console;
using Xunit;

namespace Sharpen.Unit.Console;

public sealed class ConsoleRingTests
{
    [Fact]
    public void The_ring_holds_the_last_bytes_written() =>
        Gen.Byte.Array[0, 5000].Array[0, 20].Sample(writes =>
        {
            ConsoleRing ring = default;
            foreach (byte[] write in writes)
            {
                ring.Append(write);
            }

            byte[] all = [.. writes.SelectMany(write => write)];
            byte[] expected = all[^Math.Min(all.Length, ConsoleRing.Capacity)..];
            byte[] seen = new byte[ConsoleRing.Capacity];
            uint position = ring.Oldest;
            int count = ring.Read(ref position, seen);
            Assert.Equal(expected, seen[..count]);
            Assert.Equal(ring.Producer, position);
        });

    [Fact]
    public void Reading_in_pieces_from_any_position_never_leaves_the_ring() =>
        Gen.Select(Gen.Int[0, 70_000], Gen.UInt, Gen.Int[1, 4096]).Sample((written, start, piece) =>
        {
            ConsoleRing ring = default;
            ring.Append(new byte[written]);
            uint position = start;
            byte[] buffer = new byte[piece];
            int total = 0;
            for (int count = ring.Read(ref position, buffer); count != 0; count = ring.Read(ref position, buffer))
            {
                total += count;
            }

            Assert.InRange(total, 0, Math.Min(written, ConsoleRing.Capacity));
            Assert.Equal(ring.Producer, position);
        });

    [Fact]
    public void Clearing_hides_the_text_from_readers_that_start_at_the_beginning()
    {
        ConsoleRing ring = default;
        ring.Append("old\n"u8);
        ring.Clear();
        ring.Append("new\n"u8);
        byte[] seen = new byte[100];
        uint position = ring.Oldest;
        int count = ring.Read(ref position, seen);
        Assert.Equal("new\n", Encoding.ASCII.GetString(seen, 0, count));
    }
}
