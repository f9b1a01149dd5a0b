using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>The buddy allocator against a model, and at its limits.</summary>
public sealed class FrameAllocatorTests
{
    private static readonly FrameRange[] s_twoNodesWorth = [new(new Mfn(0x900), 0x2_3456), new(new Mfn(0x10_0123), 0x1_8765), new(new Mfn(0x30_0000), 0x5000)];

    [Fact]
    public void Blocks_are_aligned_never_overlap_and_coalesce_back_completely() =>
        Gen.Select(Gen.Frequency((6, Gen.Int[0, 3]), (3, Gen.Int[4, 9]), (1, Gen.Int[10, 16])), Gen.Bool, Gen.Int[0, 1000]).Array[1, 200].Sample(
            steps =>
            {
                using MemoryWorld world = new(s_twoNodesWorth);
                List<(Mfn Block, int Order)> held = [];
                ulong inUse = 0;
                ulong total = FrameAllocator.Statistics.TotalFrames;
                foreach ((int order, bool allocates, int pick) in steps)
                {
                    if (allocates || held.Count == 0)
                    {
                        if (FrameAllocator.AllocateForHost(new PageOrder(order), FrameOptions.Anywhere).Try(out Mfn block, out _))
                        {
                            Assert.Equal(0UL, block.Value & ((1UL << order) - 1));
                            Assert.Contains(s_twoNodesWorth, range => range.Contains(block) && range.Contains(block + ((1UL << order) - 1)));
                            Assert.DoesNotContain(held, other => block.Value < other.Block.Value + (1UL << other.Order) && other.Block.Value < block.Value + (1UL << order));
                            held.Add((block, order));
                            inUse += 1UL << order;
                        }
                    }
                    else
                    {
                        (Mfn block, int size) = held[pick % held.Count];
                        held.RemoveAt(pick % held.Count);
                        MemoryWorld.Free(block, size);
                        inUse -= 1UL << size;
                    }

                    MemoryStatistics now = FrameAllocator.Statistics;
                    Assert.True(now.UsedFrames >= inUse + now.FrameTableFrames);
                    Assert.Equal(total, now.TotalFrames);
                }

                held.ForEach(one => MemoryWorld.Free(one.Block, one.Order));
                AssertNothingCanBeJoined();
            },
            iter: 25);

    [Fact]
    public void What_is_freed_in_any_order_gives_the_same_shape_as_before()
    {
        using MemoryWorld world = new();
        MemoryWorld.Free(MemoryWorld.Allocate());
        List<int> before = MemoryWorld.Shape;
        Gen.Int[0, 9].Array[1, 300].Select(Gen.Int).Sample(
            step =>
            {
                (Mfn Block, int Order)[] blocks = [.. step.Item1.Select(order => (MemoryWorld.Allocate(order), order))];
                new Random(step.Item2).Shuffle(blocks);
                Array.ForEach(blocks, one => MemoryWorld.Free(one.Block, one.Order));
                Assert.Equal(before, MemoryWorld.Shape);
            },
            iter: 50,
            threads: 1);
    }

    [Fact]
    public void Boot_touches_one_granule_at_most()
    {
        using MemoryWorld world = new(s_twoNodesWorth);
        Assert.Equal(0UL, FrameAllocator.Statistics.FrameTableFrames);
        MemoryWorld.Allocate();
        Assert.Equal(FrameTable.TableFrames, FrameAllocator.Statistics.FrameTableFrames);
    }

    [Fact]
    public void Requests_say_how_far_up_a_block_may_lie()
    {
        SimulatedMachine machine = new();
        FrameRange low = new(new Mfn(0x10), 0x80);
        FrameRange beyond = new(new Mfn(machine.DirectMapFrames), 0x2000);
        using MemoryWorld world = new(machine, low, MemoryWorld.OneGranule, new FrameRange(new Mfn(0x20_0000), 0x2000), beyond);
        Assert.True(low.Contains(MemoryWorld.Allocate(0, FrameOptions.VeryLow)));
        Assert.True(MemoryWorld.OneGranule.Contains(MemoryWorld.Allocate(3, FrameOptions.Low)));
        Assert.Equal(MemoryZone.Direct, Zones.Of(MemoryWorld.Allocate(9)));
        Assert.True(beyond.Contains(MemoryWorld.Allocate(9, FrameOptions.Anywhere)));
        while (FrameAllocator.AllocateForHost(PageOrder.Large, FrameOptions.Anywhere).Try(out Mfn block, out _))
        {
            Assert.False(low.Contains(block));
        }
    }

    [Fact]
    public void Exhaustion_is_an_error_and_heals()
    {
        using MemoryWorld world = new(new FrameRange(new Mfn(0x7_0000), 0x1000));
        List<Mfn> all = [];
        while (FrameAllocator.AllocateForHost(PageOrder.Small).Try(out Mfn frame, out Errno error))
        {
            all.Add(frame);
        }

        Assert.Equal(0UL, MemoryWorld.FreeFrames);
        Assert.False(FrameAllocator.AllocateForHost(PageOrder.Small).Try(out _, out Errno why));
        Assert.Equal(Errno.NoMem, why);
        Assert.Equal(all.Count, all.Distinct(EqualityComparer<Mfn>.Create((a, b) => a == b, a => a.GetHashCode())).Count());
        all.ForEach(frame => MemoryWorld.Free(frame));
        Assert.Equal((ulong)all.Count, MemoryWorld.FreeFrames);
        MemoryWorld.Allocate(10);
    }

    [Fact]
    public void A_node_is_preferred_or_insisted_on_and_blocks_never_join_across_nodes()
    {
        FrameRange near = new(new Mfn(0x7_0000), 0x8000);
        FrameRange far = new(near.End, 0x8000);
        using MemoryWorld world = new(near);
        FrameAllocator.Add(far, node: 3);
        List<Mfn> taken = [];
        while (FrameAllocator.Allocate(NoLocks.Held, PageOrder.Large, FrameOptions.ThisNode, node: 3).Try(out Mfn block, out _))
        {
            Assert.True(far.Contains(block));
            taken.Add(block);
        }

        Assert.NotEmpty(taken);
        Mfn other = FrameAllocator.Allocate(NoLocks.Held, PageOrder.Large, FrameOptions.None, node: 3).Expect();
        Assert.True(near.Contains(other));
        taken.ForEach(block => MemoryWorld.Free(block, 9));
        MemoryWorld.Free(other, 9);
        Assert.Equal(0, FrameAllocator.CountFree(new PageOrder(16)));
        Mfn absurd = FrameAllocator.Allocate(NoLocks.Held, PageOrder.Small, FrameOptions.None, node: int.MinValue).Expect();
        Assert.True(near.Contains(absurd));
    }

    [Fact]
    public void A_gibibyte_can_be_had_whole()
    {
        using MemoryWorld world = new(new FrameRange(new Mfn(0x4_0000), 0x1000), new FrameRange(new Mfn(0x10_0000), 0x9_0000));
        Mfn block = MemoryWorld.Allocate(18);
        Assert.Equal(0UL, block.Value & 0x3_ffff);
        MemoryWorld.Free(block, 18);
        Assert.Equal(1, FrameAllocator.CountFree(PageOrder.Huge));
    }

    [Fact]
    public void Cleared_memory_is_clear_even_after_somebody_used_it()
    {
        using MemoryWorld world = new(new FrameRange(new Mfn(0x7_0000), 0x800));
        Mfn first = MemoryWorld.Allocate(9);
        for (ulong frame = 0; frame < 512; frame++)
        {
            MemoryWorld.BytesOf(first + frame).Fill(0xa5);
        }

        MemoryWorld.Free(first, 9);
        while (FrameAllocator.AllocateForHost(PageOrder.Small, FrameOptions.Cleared).Try(out Mfn frame, out _))
        {
            Assert.Equal(-1, MemoryWorld.BytesOf(frame).IndexOfAnyExcept((byte)0));
        }
    }

    [Fact]
    public void Freeing_what_was_not_allocated_stops_the_host()
    {
        using MemoryWorld world = new();
        Mfn block = MemoryWorld.Allocate(2);
        Assert.ThrowsAny<Exception>(() => MemoryWorld.Free(block, 1));
        Assert.ThrowsAny<Exception>(() => MemoryWorld.Free(block + 1, 0));
        Assert.ThrowsAny<Exception>(() => MemoryWorld.Free(new Mfn(ulong.MaxValue), 0));
        MemoryWorld.Free(block, 2);
        Assert.ThrowsAny<Exception>(() => MemoryWorld.Free(block, 2));
    }

    [Fact]
    public void Every_so_many_th_allocation_can_be_made_to_fail()
    {
        using MemoryWorld world = new();
        FrameAllocator.FailEvery(3);
        bool[] succeeded = [.. Enumerable.Range(0, 6).Select(turn => FrameAllocator.AllocateForHost(PageOrder.Small).Error == Errno.None)];
        Assert.Equal([true, true, false, true, true, false], succeeded);
        FrameAllocator.FailEvery(0);
    }

    [Fact]
    public void Sixteen_tebibytes_boot_on_little_memory()
    {
        const ulong Gibibyte = 1UL << 18;
        SimulatedMachine machine = new() { FrameLimit = 1UL << 32, DirectMapFrames = 5UL << 28 };
        FrameRange[] ram = [new(new Mfn(0x1000), 0x1_0000), .. Enumerable.Range(1, 127).Select(run => new FrameRange(new Mfn((ulong)run << 25), Gibibyte))];
        using MemoryWorld world = new(machine, ram);
        Assert.True(FrameAllocator.Statistics.UsedFrames < 0x1000, $"{FrameAllocator.Statistics.UsedFrames} frames in use");
        Mfn highest = MemoryWorld.Allocate(0, FrameOptions.Anywhere);
        Assert.True(highest.Value >= 127UL << 25);
        MemoryWorld.Allocate(9);
        MemoryWorld.Allocate(0, FrameOptions.Low);
        Assert.Equal(3 * FrameTable.TableFrames, FrameAllocator.Statistics.FrameTableFrames);
    }

    [Fact]
    public void A_hostile_map_is_survived()
    {
        FrameRange[] crumbs = [.. Enumerable.Range(0, 400).Select(crumb => new FrameRange(new Mfn(0x20_0000 + ((ulong)crumb << 8)), 3))];
        FrameRange[] ram = [MemoryWorld.OneGranule, new(new Mfn(ulong.MaxValue - 10), 10), new(new Mfn(0), 1), default, .. crumbs];
        using MemoryWorld world = new(ram);
        while (FrameAllocator.AllocateForHost(PageOrder.Small, FrameOptions.Anywhere).Try(out Mfn frame, out _))
        {
            Assert.Contains(ram, range => range.Contains(frame));
        }

        Assert.Equal(0UL, MemoryWorld.FreeFrames);
        Assert.True(FrameAllocator.Statistics.LostFrames > 0);
    }

    [Fact]
    public void Too_little_memory_is_an_error()
    {
        using SimulatedMachine machine = new();
        machine.Bind();
        Assert.False(MemoryBoot.Initialise([]).Try(out Errno error));
        Assert.Equal(Errno.NoMem, error);
    }

    /// <summary>No two free neighbours of one order are left, other than across the borders of zones.</summary>
    private static void AssertNothingCanBeJoined()
    {
        for (int order = 0; order < PageOrder.Max.Value; order++)
        {
            foreach (FrameRange range in s_twoNodesWorth)
            {
                for (ulong first = range.First.Value; first < range.End.Value; first += 1UL << order)
                {
                    ulong aligned = first & ~((1UL << order) - 1);
                    Mfn left = new(aligned & ~(1UL << order));
                    Assert.False(IsFree(left, order) && IsFree(left + (1UL << order), order), $"{left.Value:x} order {order}");
                }
            }
        }
    }

    private static bool IsFree(Mfn block, int order)
    {
        ref FrameInfo info = ref FrameTable.Find(block);
        return !System.Runtime.CompilerServices.Unsafe.IsNullRef(ref info) && info.State == FrameState.Free && info.Order == order;
    }

    [Fact]
    public void Memory_that_modules_lay_in_is_handed_out_once_it_is_released()
    {
        using MemoryWorld world = new();
        ulong before = MemoryWorld.FreeFrames;
        MemoryBoot.Hold(new FrameRange(new Mfn(0x6_0010), 0x20));
        Assert.Equal(before, MemoryWorld.FreeFrames);
        MemoryBoot.ReleaseHeld();
        Assert.Equal(before + 0x20, MemoryWorld.FreeFrames);
        MemoryBoot.ReleaseHeld();
        Assert.Equal(before + 0x20, MemoryWorld.FreeFrames);
    }

    [Fact]
    public void A_domain_adopts_what_modules_lie_in_once_and_nothing_else()
    {
        using MemoryWorld world = new();
        MemoryWorld.TouchForDomain();
        FrameRange held = new(new Mfn(0x3_fff0), 0x20);         // in two parts of the table of pages
        MemoryBoot.Hold(held);
        Assert.Equal(Errno.NoEnt, Adopt(new FrameRange(held.First, 0x21)));
        Assert.Equal(Errno.NoEnt, Adopt(new FrameRange(held.First + 0x20, 1)));
        Assert.Equal(Errno.NoEnt, Adopt(new FrameRange(held.First, 0)));
        Assert.Equal(Errno.NoEnt, Adopt(new FrameRange(new Mfn(0x7_0001), 1)));
        Assert.Equal(Errno.None, Adopt(new FrameRange(held.First + 8, 0x10)));
        Assert.Equal(Errno.NoEnt, Adopt(new FrameRange(held.First + 8, 1)));
        Assert.Equal(Errno.None, Adopt(new FrameRange(held.First, 8)));
        Assert.True(FrameRef<Writable>.Hold(held.First + 8, new DomainId(9), out FrameRef<Writable> frame).Try(out _));
        frame.Dispose();
        Assert.False(FrameRef<Writable>.Hold(held.First + 0x18, new DomainId(9), out _).Try(out _));
        ulong before = MemoryWorld.FreeFrames;
        MemoryBoot.ReleaseHeld();
        Assert.Equal(before + 8, MemoryWorld.FreeFrames);
        for (ulong index = 0; index < 0x18; index++)
        {
            FrameCounts.Unlist(ref FrameTable.Of(held.First + index));
        }

        Assert.Equal(before + 0x20, MemoryWorld.FreeFrames);
    }

    private static Errno Adopt(FrameRange frames) => FrameAllocator.GiveHeld(NoLocks.Held, new DomainId(9), frames).Error;
}
