using System.Linq;
using CsCheck;
using Sharpen.Hypervisor.Boot.Map;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Boot.Map;

public sealed class MemoryMapTests : MachineTest
{
    private const ulong NoLimit = 1UL << 52;

    private static readonly Gen<(ulong Start, ulong Bytes, uint Kind)> s_claim =
        Gen.Select(Gen.OneOf(Gen.ULong[0, 100], Gen.ULong), Gen.OneOf(Gen.ULong[0, 100], Gen.ULong), Gen.UInt[1, 5]);

    [Fact]
    public void Order_overlap_and_emptiness_of_claims_do_not_matter()
    {
        RangeList claims = Claims((0x100000, 0x7f00000, 1), (0, 0x9fc00, 1), (0x9fc00, 0x400, 2), (0x200000, 0, 2), (0x300000, 0x1000, 2), (0x300000, 0x1000, 1));
        Assert.True(MemoryMap.Build(in claims, NoLimit));
        Assert.Equal([(0UL, 0x9f000UL), (0x100000UL, 0x300000UL), (0x301000UL, 0x8000000UL)], Usable());
        Assert.Equal(4 + 1, MemoryMap.Firmware.Count);
    }

    [Fact]
    public void A_range_that_wraps_is_cut_at_the_end_of_the_address_space()
    {
        RangeList claims = Claims((0xffffffffffff0000, 0x20000, 2), (0x1000, ulong.MaxValue, 1));
        Assert.True(MemoryMap.Build(in claims, NoLimit));
        Assert.Equal([(0x1000UL, NoLimit)], Usable());
    }

    [Fact]
    public void No_usable_ram_is_an_answer()
    {
        RangeList claims = Claims((0, 0x100000, 2), (0x100001, 0xffe, 1));
        Assert.False(MemoryMap.Build(in claims, NoLimit));
        RangeList none = default;
        Assert.False(MemoryMap.Build(in none, NoLimit));
    }

    [Fact]
    public void Reservations_take_whole_frames_and_may_cover_anything()
    {
        RangeList claims = Claims((0, 0x10000, 1));
        MemoryMap.Build(in claims, NoLimit);
        MemoryMap.Reserve(new MachineAddress(0x2001), 1);
        MemoryMap.Reserve(new MachineAddress(0x5000), 0);
        MemoryMap.Reserve(new MachineAddress(0xf800), ulong.MaxValue);
        Assert.Equal([(0UL, 0x2000UL), (0x3000UL, 0xf000UL)], Usable());
        MemoryMap.Reserve(new MachineAddress(0), ulong.MaxValue);
        Assert.Empty(Usable());
    }

    [Fact]
    public void Truncation_keeps_the_lowest_memory()
    {
        RangeList claims = Claims((0, 0x4000, 1), (0x8000, 0x4000, 1));
        MemoryMap.Build(in claims, NoLimit);
        MemoryMap.Usable.Truncate(0x5000);
        Assert.Equal([(0UL, 0x4000UL), (0x8000UL, 0x9000UL)], Usable());
    }

    [Fact]
    public void More_claims_than_fit_are_counted_not_stored()
    {
        RangeList claims = default;
        for (ulong i = 0; i < 5000; i++)
        {
            claims.AddClaim(i * 0x2000, 0x1000, MemoryKind.Ram);
        }

        Assert.Equal((RangeList.Capacity, 5000u - RangeList.Capacity), (claims.Count, claims.Lost));
        Assert.True(MemoryMap.Build(in claims, NoLimit));
    }

    [Fact]
    public void The_map_is_sorted_disjoint_and_the_most_careful_claim_wins() =>
        s_claim.Array[0, 12].Sample(entries =>
        {
            RangeList claims = Claims(entries);
            RangeList map = default;
            MemoryMap.Normalise(in claims, ref map);
            MemoryRange[] ranges = map.Ranges.ToArray();
            Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
            ulong[] probes = [.. claims.Ranges.ToArray().SelectMany(claim => new[] { claim.Start, claim.End - 1 }), 0, 50];
            foreach (ulong probe in probes)
            {
                MemoryKind expected = claims.Ranges.ToArray().Where(claim => claim.Start <= probe && probe < claim.End).Select(claim => claim.Kind).Append(MemoryKind.None).Max();
                Assert.Equal(expected, ranges.Where(range => range.Start <= probe && probe < range.End).Select(range => range.Kind).SingleOrDefault());
            }
        });

    [Fact]
    public void What_is_usable_was_claimed_as_ram_by_all_and_reserved_by_none() =>
        Gen.Select(s_claim.Array[0, 10], s_claim.Array[0, 5]).Sample((entries, reservations) =>
        {
            using Sharpen.Machine.Simulation.SimulatedMachine machine = new();
            machine.Bind();
            RangeList claims = Claims(entries);
            MemoryMap.Build(in claims, NoLimit);
            foreach ((ulong start, ulong bytes, _) in reservations)
            {
                MemoryMap.Reserve(new MachineAddress(start), bytes);
            }

            foreach (MemoryRange range in MemoryMap.Usable.Ranges)
            {
                Assert.True(range.Start < range.End && ((range.Start | range.End) & 0xfff) == 0 && range.End <= NoLimit);
                Assert.DoesNotContain(entries, claim => claim.Kind != 1 && claim.Bytes != 0 && Overlaps(range, claim.Start, claim.Bytes));
                Assert.DoesNotContain(reservations, claim => claim.Bytes != 0 && Overlaps(range, claim.Start, claim.Bytes));
            }
        });

    private static bool Overlaps(MemoryRange range, ulong start, ulong bytes) =>
        start < range.End && (System.UInt128)start + bytes > range.Start;

    private static RangeList Claims(params (ulong Start, ulong Bytes, uint Kind)[] entries)
    {
        RangeList claims = default;
        foreach ((ulong start, ulong bytes, uint kind) in entries)
        {
            claims.AddClaim(start, bytes, (MemoryKind)kind);
        }

        return claims;
    }

    private static (ulong Start, ulong End)[] Usable() => [.. MemoryMap.Usable.Ranges.ToArray().Select(range => (range.Start, range.End))];
}
