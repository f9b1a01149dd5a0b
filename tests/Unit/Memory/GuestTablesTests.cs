using System;
using System.Collections.Generic;
using CsCheck;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>Typed frames and the page tables of guests: what may become what, and that every reference comes back.</summary>
public sealed class GuestTablesTests
{
    private static readonly DomainId s_guest = new(7);
    private static readonly DomainId s_other = new(8);

    [Fact]
    public void A_frame_is_writable_or_a_table_but_never_both()
    {
        using GuestMemoryWorld world = new(s_guest);
        Mfn frame = world.Frame();
        Assert.Equal(Errno.None, FrameRef<Writable>.Hold(frame, s_guest, out FrameRef<Writable> writable).Error);
        Assert.Equal(Errno.Busy, world.Create<L1Table>(frame, s_guest, out _).Error);
        writable.Dispose();
        Assert.Equal(Errno.None, world.Create(frame, s_guest, out FrameRef<L1Table> table).Error);
        Assert.Equal(Errno.Busy, FrameRef<Writable>.Hold(frame, s_guest, out _).Error);
        Assert.Equal(Errno.Busy, FrameRef<L2Table>.Hold(frame, s_guest, out _).Error);
        Assert.Equal(Errno.Busy, world.Create<L1Table>(frame, s_guest, out _).Error);
        table.Dispose();

        // Nobody holds it as a table now, but it still has contents.
        Assert.Equal(Errno.Busy, FrameRef<Writable>.Hold(frame, s_guest, out _).Error);
        Assert.Equal(Errno.None, FrameRef<L1Table>.Hold(frame, s_guest, out FrameRef<L1Table> again).Error);
        again.Dispose();
        world.Destroy();
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(0x7_0000UL)]
    [InlineData(0xff_ffffUL)]
    [InlineData(0x100_0000UL)]
    [InlineData(1UL << 32)]
    [InlineData(1UL << 52)]
    [InlineData(ulong.MaxValue)]
    public void Numbers_that_are_no_frame_of_the_domain_are_refused(ulong number)
    {
        using GuestMemoryWorld world = new(s_guest);
        Assert.Equal(Errno.Inval, FrameRef<Untyped>.Hold(new Mfn(number), s_guest, out _).Error);
        Assert.Equal(Errno.Inval, FrameRef<Writable>.Hold(new Mfn(number), s_guest, out _).Error);
        Assert.Equal(Errno.Inval, world.Create<L4Table>(new Mfn(number), s_guest, out _).Error);
        Assert.Equal(Errno.NoEnt, world.Free(new Mfn(number)).Error);
    }

    [Fact]
    public void Frames_of_others_and_of_the_hypervisor_are_refused()
    {
        using GuestMemoryWorld world = new(s_guest);
        Mfn own = world.Frame();
        Assert.Equal(Errno.Inval, FrameRef<Untyped>.Hold(own, s_other, out _).Error);
        Assert.Equal(Errno.Inval, FrameRef<Untyped>.Hold(MemoryWorld.Allocate(), s_guest, out _).Error);
        Assert.Equal(Errno.Inval, FrameRef<Untyped>.Hold(HostTables.RootFrame, s_guest, out _).Error);
        Assert.Equal(Errno.Inval, FrameRef<L1Table>.Hold(own, s_guest, out _).Error);
        Assert.Equal(1UL, FrameCounts.References(in FrameTable.Of(own)));
    }

    [Fact]
    public void A_translation_follows_the_links()
    {
        using GuestMemoryWorld world = new(s_guest);
        Mfn root = world.Space(out Mfn page, out Mfn leaf);
        Assert.Equal(Errno.None, FrameRef<L4Table>.Hold(root, s_guest, out FrameRef<L4Table> held).Error);
        Assert.True(GuestTables.TryTranslate(in held, GuestMemoryWorld.PageAddress, out Mfn found, out bool isWritable));
        Assert.True(found == page && isWritable);
        Assert.True(GuestTables.TryTranslate(in held, GuestMemoryWorld.TableAddress, out found, out isWritable));
        Assert.True(found == leaf && !isWritable);
        Assert.False(GuestTables.TryTranslate(in held, GuestMemoryWorld.TableAddress + 0x1000, out _, out _));
        held.Dispose();
        world.Destroy();
    }

    [Fact]
    public void The_hypervisors_slots_are_the_hosts_and_cannot_be_linked()
    {
        using GuestMemoryWorld world = new(s_guest);
        world.Create(world.Frame(), s_guest, out FrameRef<L4Table> root).Expect();
        world.Create(world.Frame(), s_guest, out FrameRef<L3Table> child).Expect();
        foreach (int index in new[] { -1, AddressSpace.FirstSlot, AddressSpace.EndSlot - 1, 512, int.MaxValue, int.MinValue })
        {
            Assert.Equal(Errno.Inval, GuestTables.Link(in root, index, in child).Error);
        }

        GuestTables.Link(in root, AddressSpace.EndSlot, in child).Expect();
        Assert.Equal(Errno.Exist, GuestTables.Link(in root, AddressSpace.EndSlot, in child).Error);
        ReadOnlySpan<byte> host = MemoryWorld.BytesOf(HostTables.RootFrame)[(AddressSpace.FirstSlot * 8)..(AddressSpace.EndSlot * 8)];
        Assert.True(host.SequenceEqual(MemoryWorld.BytesOf(root.Mfn)[(AddressSpace.FirstSlot * 8)..(AddressSpace.EndSlot * 8)]));
        child.Dispose();
        root.Dispose();
        world.Destroy();
    }

    [Fact]
    public void Teardown_refuses_while_a_root_is_in_use_and_stops_between_any_two_entries()
    {
        using GuestMemoryWorld world = new(s_guest);
        Mfn root = world.Space(out _, out _);
        FrameRef<L4Table>.Hold(root, s_guest, out FrameRef<L4Table> held).Expect();
        held.Keep().Expect();
        held.Dispose();
        Assert.Equal(Errno.Busy, world.EmptyTables(100_000).Error);
        FrameRef<L4Table>.Release(root);
        int steps = 0;
        while (world.EmptyTables(1).Error == Errno.Again)
        {
            steps++;
        }

        Assert.InRange(steps, 4 * 496, 4 * 600);
        world.Destroy();
    }

    [Fact]
    public void A_frame_that_somebody_holds_outlives_its_domains_list()
    {
        using GuestMemoryWorld world = new(s_guest);
        Mfn frame = world.Frame();
        FrameRef<Writable>.Hold(frame, s_guest, out FrameRef<Writable> held).Expect();
        ulong free = MemoryWorld.FreeFrames;
        world.Free(frame).Expect();
        Assert.Equal(free, MemoryWorld.FreeFrames);
        Assert.Equal(Errno.NoEnt, world.Free(frame).Error);
        using (Mapped view = Mapped.Open(in held))
        {
            view.Bytes.Fill(0x77);
        }

        held.Dispose();
        Assert.Equal(free + 1, MemoryWorld.FreeFrames);
        Assert.Equal(Errno.Inval, FrameRef<Untyped>.Hold(frame, s_guest, out _).Error);
    }

    [Fact]
    public void Tables_and_pages_may_lie_beyond_the_direct_map()
    {
        using GuestMemoryWorld world = new(s_guest, hasMemoryBeyond: true);
        Mfn root = world.Space(out Mfn page, out _);
        Assert.Equal(MemoryZone.Beyond, Zones.Of(root));
        Assert.Equal(MemoryZone.Beyond, Zones.Of(page));
        FrameRef<Writable>.Hold(page, s_guest, out FrameRef<Writable> writable).Expect();
        using (Mapped view = Mapped.Open(in writable))
        {
            Assert.Equal(-1, view.Bytes.IndexOfAnyExcept((byte)0));
            Assert.Equal(1, world.OpenWindows);
        }

        writable.Dispose();
        FrameRef<L4Table>.Hold(root, s_guest, out FrameRef<L4Table> held).Expect();
        Assert.True(GuestTables.TryTranslate(in held, GuestMemoryWorld.PageAddress, out Mfn found, out _));
        Assert.True(found == page);
        held.Dispose();
        world.Destroy();
        Assert.Equal(0, world.OpenWindows);
    }

    [Fact]
    public void The_frame_of_a_vcpu_is_its_domains_to_pay_and_nobodys_to_name()
    {
        using GuestMemoryWorld world = new(s_guest);
        Mfn top = world.Space(out _, out _);
        FrameRef<L4Table>.Hold(top, s_guest, out FrameRef<L4Table> root).Expect();
        ulong free = MemoryWorld.FreeFrames;
        VcpuContext context = default;
        GuestCpu.Initialise(ref context, in root).Expect();
        root.Dispose();

        Mfn vectors = context.Hardware.Vectors;
        Assert.Equal(free - 1, MemoryWorld.FreeFrames);
        Assert.Equal(s_guest.Value, FrameTable.Of(vectors).Owner.Value);
        Assert.Equal(Errno.Inval, FrameRef<Writable>.Hold(vectors, s_guest, out _).Error);

        Assert.True(GuestCpu.Release(ref context));
        Assert.False(GuestCpu.Release(ref context));
        Assert.Equal(free, MemoryWorld.FreeFrames);
        world.Destroy();
    }

    [Fact]
    public void A_shared_page_stays_writable_until_nobody_maps_it()
    {
        using GuestMemoryWorld world = new(s_guest);
        world.Space(out _, out Mfn leaf);
        SharedPage page = default;
        using (Locked<DomainRank> held = world.Lock())
        {
            page.Allocate(in held, s_guest).Expect();
            Assert.Equal(Errno.Exist, page.Allocate(in held, s_guest).Error);
        }

        page.As<FeatureInfo>().Index = 42;
        Assert.Equal(Errno.Inval, world.Create<L2Table>(page.Frame, s_guest, out _).Error);
        FrameRef<Writable>.Hold(page.Frame, s_guest, out FrameRef<Writable> hold).Expect();
        FrameRef<L1Table>.Hold(leaf, s_guest, out FrameRef<L1Table> table).Expect();
        GuestTables.Map(in table, 400, in hold).Expect();
        hold.Dispose();
        table.Dispose();
        ulong free = MemoryWorld.FreeFrames;
        page.Release();
        Assert.Equal(free, MemoryWorld.FreeFrames);
        world.Destroy();
    }

    [Fact]
    public void Whatever_a_builder_does_every_frame_comes_back() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 15], Gen.Int[0, 15], Gen.Int[0, 511]).Array[0, 120].Select(Gen.Int[0, 4], Gen.Int[1, 700]).Sample(
            plan =>
            {
                ((int What, int One, int Two, int Index)[] steps, int failEvery, int budget) = plan;
                using GuestMemoryWorld world = new(s_guest);
                FrameAllocator.FailEvery((uint)failEvery);
                List<Mfn> frames = [];
                foreach ((int what, int one, int two, int index) in steps)
                {
                    if (what == 0 || frames.Count == 0)
                    {
                        world.TryFrame(frames);
                        continue;
                    }

                    world.Play(what, frames[one % frames.Count], frames[two % frames.Count], index);
                }

                FrameAllocator.FailEvery(0);
                world.Destroy(budget);
            },
            iter: 150);

    [Fact]
    public void Types_never_mix_under_contention()
    {
        using GuestMemoryWorld world = new(s_guest);
        Mfn frame = world.Frame();
        int writers = 0;
        int readers = 0;
        world.InParallel(
            4,
            seed =>
            {
                bool isWriter = (seed & 1) == 0;
                for (int turn = 0; turn < 20_000; turn++)
                {
                    if (isWriter && FrameRef<Writable>.Hold(frame, s_guest, out FrameRef<Writable> writable).Error == Errno.None)
                    {
                        System.Threading.Interlocked.Increment(ref writers);
                        Assert.Equal(0, System.Threading.Volatile.Read(ref readers));
                        System.Threading.Interlocked.Decrement(ref writers);
                        writable.Dispose();
                    }

                    if (!isWriter && FrameRef<SegmentDescriptors>.Hold(frame, s_guest, out FrameRef<SegmentDescriptors> segments).Error == Errno.None)
                    {
                        System.Threading.Interlocked.Increment(ref readers);
                        Assert.Equal(0, System.Threading.Volatile.Read(ref writers));
                        System.Threading.Interlocked.Decrement(ref readers);
                        segments.Dispose();
                    }
                }
            });
        Assert.Equal(1UL, FrameCounts.References(in FrameTable.Of(frame)));
        Assert.Equal(0UL, FrameCounts.TypeReferences(in FrameTable.Of(frame)));
    }
}
