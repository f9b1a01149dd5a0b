using CsCheck;
using Sharpen.Abi;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>Page tables that guests fill: what is refused, and that every reference comes back.</summary>
public sealed class GuestPagingTests
{
    private static readonly DomainId s_guest = new(7);

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Pinning_a_root_makes_all_below_it_tables_and_unpinning_ends_that(int budget)
    {
        using GuestPagingWorld world = new(s_guest, 8, budget);
        Mfn[] chain = world.Chain();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        for (int depth = 0; depth < 4; depth++)
        {
            Assert.Equal((FrameType)(4 - depth), FrameCounts.TypeOf(in FrameTable.Of(chain[depth])));
            Assert.Equal(1UL, world.TypeReferences(chain[depth]));
        }

        world.Recount();
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Pin(chain[0], 3)));
        Assert.Equal(Errno.Busy, FrameRef<Writable>.Hold(chain[2], s_guest, out _).Error);
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Unpin(chain[0])));
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Unpin(chain[0])));
        Assert.All(chain, frame => Assert.Equal((0UL, false), (world.TypeReferences(frame), FrameCounts.HasContents(in FrameTable.Of(frame)))));
        world.Recount();

        // What the guest wrote is as it was: the same again.
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        world.Memory.Destroy();
    }

    [Theory]
    [InlineData(0x80UL)]
    [InlineData(0x08UL)]
    [InlineData(0x10UL)]
    public void Entries_that_no_guest_may_have_refuse_the_table(ulong bad)
    {
        using GuestPagingWorld world = new(s_guest, 8, 5);
        Mfn[] chain = world.Chain();
        for (int level = 1; level <= 4; level++)
        {
            Mfn table = chain[4 - level];
            ulong good = world.Peek(table, 3);
            world.Poke(table, 3, good | bad);
            Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Pin(chain[0], 4)));
            Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Pin(table, level)));
            Assert.All(chain, frame => Assert.False(FrameCounts.HasContents(in FrameTable.Of(frame))));
            world.Recount();
            world.Poke(table, 3, good);
        }

        world.Memory.Destroy();
    }

    [Fact]
    public void Frames_of_others_are_refused_wherever_they_stand()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        Mfn[] foreign = [new Mfn(0), new Mfn(1UL << 39), MemoryWorld.Allocate(), HostTables.RootFrame];
        foreach (Mfn frame in foreign)
        {
            Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Pin(frame, 4)));
            Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Unpin(frame)));
            Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(frame, 1), 0, false)));
            world.Poke(chain[3], 7, GuestPagingWorld.Entry(frame, GuestPagingWorld.ReadOnly));
            Errno wanted = frame == HostTables.RootFrame || frame == foreign[2] ? Errno.Busy : Errno.Perm;
            Assert.Equal(wanted, world.Do((ref visit) => visit.Pin(chain[0], 4)));
            world.Recount();
        }

        world.Poke(chain[3], 7, 0);
        MemoryWorld.Free(foreign[2]);
        world.Memory.Destroy();
    }

    [Fact]
    public void A_table_is_never_mapped_writable_and_never_holds_itself()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        world.Poke(chain[3], 9, GuestPagingWorld.Entry(chain[2], GuestPagingWorld.ReadWrite));
        Assert.Equal(Errno.Busy, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        world.Poke(chain[3], 9, GuestPagingWorld.Entry(chain[2], GuestPagingWorld.ReadOnly));
        world.Poke(chain[0], 9, GuestPagingWorld.Entry(chain[0], GuestPagingWorld.Table));
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        world.Poke(chain[0], 9, 0);
        world.Recount();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        Assert.Equal(Errno.Busy, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(chain[3], 9), GuestPagingWorld.Entry(chain[2], 0x67), false)));
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Pin(chain[4], 1)));
        world.Recount();
        world.Memory.Destroy();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(4096)]
    public void A_table_above_the_lowest_may_show_itself_and_holds_nothing_for_that(int budget)
    {
        using GuestPagingWorld world = new(s_guest, 8, budget);
        Mfn[] chain = world.Chain();
        for (int depth = 0; depth < 3; depth++)
        {
            world.Poke(chain[depth], 9, GuestPagingWorld.Entry(chain[depth], GuestPagingWorld.ReadOnly));
        }

        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        world.Recount();
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(chain[0], 10), GuestPagingWorld.Entry(chain[1], GuestPagingWorld.ReadOnly ^ 1), false) is { Error: Errno.None }
            ? visit.Write(GuestPagingWorld.Place(chain[1], 10), GuestPagingWorld.Entry(chain[0], GuestPagingWorld.ReadOnly), false) : Result.Success));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(chain[1], 9), 0, false)));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(chain[1], 11), GuestPagingWorld.Entry(chain[1], GuestPagingWorld.ReadOnly), false)));
        Assert.False(GuestTables.TryFindEntry(chain[0], (9UL << 39) | (3UL << 30) | (3UL << 21), out _, out _));
        world.Recount();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Unpin(chain[0])));
        Assert.All(chain, frame => Assert.False(FrameCounts.HasContents(in FrameTable.Of(frame))));
        world.Recount();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        world.Memory.Destroy();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(4096)]
    public void A_table_may_show_another_of_its_level_which_lives_as_long(int budget)
    {
        using GuestPagingWorld world = new(s_guest, 8, budget);
        Mfn[] chain = world.Chain();
        Mfn first = world.Frames[5];
        Mfn second = world.Frames[6];
        world.Poke(first, 9, GuestPagingWorld.Entry(chain[0], GuestPagingWorld.ReadOnly));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(first, 4)));
        Assert.Equal(2UL, world.TypeReferences(chain[0]));
        world.Recount();
        Assert.False(GuestTables.TryFindEntry(first, (9UL << 39) | (3UL << 30) | (3UL << 21), out _, out _));

        // Not writable; not on from there; not back.
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(first, 10), GuestPagingWorld.Entry(chain[0], GuestPagingWorld.Table), false)));
        world.Poke(second, 9, GuestPagingWorld.Entry(first, GuestPagingWorld.ReadOnly));
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Pin(second, 4)));
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(chain[0], 9), GuestPagingWorld.Entry(first, GuestPagingWorld.ReadOnly), false)));
        world.Poke(second, 9, 0);
        world.Recount();

        // The other goes from being pinned, and stays because it is shown.
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Unpin(chain[0])));
        Assert.True(FrameCounts.IsValidated(in FrameTable.Of(chain[3])));
        world.Recount();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(first, 9), 0, false)));
        Assert.All(chain, frame => Assert.False(FrameCounts.HasContents(in FrameTable.Of(frame))));
        world.Recount();

        // What was shown may show others in its next life.
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Unpin(first)));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(first, 4)));
        world.Poke(chain[0], 9, GuestPagingWorld.Entry(first, GuestPagingWorld.ReadOnly));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        world.Recount();
        world.Memory.Destroy();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_domain_ends_whichever_of_its_tables_show_each_other(int depth)
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        int level = 4 - depth;
        Mfn before = world.Frames[5];
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(before, level)));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(chain[depth], 9), GuestPagingWorld.Entry(before, GuestPagingWorld.ReadOnly), false)));
        Mfn after = world.Frames[6];
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(after, level)));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(after, 9), GuestPagingWorld.Entry(before, GuestPagingWorld.ReadOnly), false)));
        Assert.Equal(3UL, world.TypeReferences(before));
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void The_hypervisors_slots_are_ours_whatever_the_guest_wrote()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        world.Poke(chain[0], AddressSpace.FirstSlot, ulong.MaxValue);
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        for (int slot = AddressSpace.FirstSlot; slot < AddressSpace.EndSlot; slot++)
        {
            Assert.Equal(world.Peek(HostTables.RootFrame, slot), world.Peek(chain[0], slot));
            ulong place = GuestPagingWorld.Place(chain[0], slot);
            Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Write(place, 0, false)));
        }

        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Unpin(chain[0])));
        Assert.Equal(0UL, world.Peek(chain[0], AddressSpace.FirstSlot));
        world.Memory.Destroy();
    }

    [Fact]
    public void A_write_moves_references_and_keeps_notes_when_asked()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        Mfn other = world.Frames[5];
        ulong place = GuestPagingWorld.Place(chain[3], 3);
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Write(place + 1, 0, false)));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Write(place, GuestPagingWorld.Entry(other, 0x7), true)));
        Assert.Equal(GuestPagingWorld.Entry(other, 0x67), HostFormat.ToGuest(1, world.Peek(chain[3], 3)));
        Assert.Equal((0UL, 1UL), (world.TypeReferences(chain[4]), world.TypeReferences(other)));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Write(place, GuestPagingWorld.Entry(other, 0x5), false)));
        Assert.Equal(GuestPagingWorld.Entry(other, 0x5), HostFormat.ToGuest(1, world.Peek(chain[3], 3)));
        Assert.Equal(0UL, world.TypeReferences(other));
        world.Recount();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(chain[0], 3), 0, false)));
        Assert.False(FrameCounts.HasContents(in FrameTable.Of(chain[3])));
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void One_visit_may_take_the_last_writable_mapping_away_and_use_the_frame_as_a_table()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        Errno error = world.Do((ref visit) =>
        {
            Result first = visit.Write(GuestPagingWorld.Place(chain[3], 3), GuestPagingWorld.Entry(chain[4], GuestPagingWorld.ReadOnly), false);
            return first.Try(out _) ? visit.Write(GuestPagingWorld.Place(chain[2], 4), GuestPagingWorld.Entry(chain[4], GuestPagingWorld.Table), false) : first;
        });
        Assert.Equal(Errno.None, error);
        Assert.Equal(FrameType.L1Table, FrameCounts.TypeOf(in FrameTable.Of(chain[4])));
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void Work_that_the_guest_does_not_come_back_for_is_undone_when_the_frame_is_wanted()
    {
        using GuestPagingWorld world = new(s_guest, 8, 160);
        Mfn[] chain = world.Chain();
        Assert.Equal(Errno.Again, world.Once((ref visit) => visit.Pin(chain[0], 4)).Error);
        world.Recount();
        Assert.Equal(Errno.Busy, FrameRef<Writable>.Hold(chain[0], s_guest, out _).Error);
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Write(GuestPagingWorld.Place(chain[0], 0), 0, false)));
        Assert.False(FrameCounts.HasContents(in FrameTable.Of(chain[0])));
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void A_table_that_only_forsaken_work_held_stays_one_while_it_is_written()
    {
        using GuestPagingWorld world = new(s_guest, 8, 350);
        Mfn upper = world.Frames[0];
        Mfn lower = world.Frames[1];
        Mfn page = world.Frames[2];
        world.Poke(upper, 0, GuestPagingWorld.Entry(lower, GuestPagingWorld.Table));
        world.Poke(lower, 0, GuestPagingWorld.Entry(page, GuestPagingWorld.ReadWrite));
        world.Poke(world.Frames[3], 511, 0);
        world.Poke(upper, 1, GuestPagingWorld.Entry(world.Frames[3], GuestPagingWorld.Table));
        world.Poke(upper, 2, GuestPagingWorld.Entry(world.Frames[4], GuestPagingWorld.Table));
        Assert.Equal(Errno.Again, world.Once((ref visit) => visit.Pin(upper, 2)).Error);

        // The new entry wants the half-made table as a page, which undoes it, and with it the only hold on the table that is written.
        world.Once((ref visit) => visit.Write(GuestPagingWorld.Place(lower, 0), GuestPagingWorld.Entry(upper, GuestPagingWorld.ReadWrite), false)).Try(out _);
        world.Recount();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Settle()));
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void Whatever_a_guest_does_the_counts_are_explained_and_return_to_zero() => Play(abandons: false, iterations: 60);

    [Fact]
    public void A_guest_that_never_comes_back_for_its_work_leaks_nothing() => Play(abandons: true, iterations: 60);

    private static void Play(bool abandons, int iterations) =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 11], Gen.Int[0, 11], Gen.Int[0, 7], Gen.Int[0, 15]).Array[0, 150].Select(Gen.OneOf(Gen.Int[5, 40], Gen.Int[100, 800])).Sample(
            plan =>
            {
                ((int What, int One, int Two, int Index, int Kind)[] steps, int budget) = plan;
                using GuestPagingWorld world = new(s_guest, 12, budget);
                foreach ((int what, int one, int two, int index, int kind) in steps)
                {
                    Step(world, abandons, what, world.Frames[one], world.Frames[two], index * 70, kind);
                    world.Recount();
                }

                foreach (Mfn frame in abandons ? [] : world.Frames)
                {
                    world.Do((ref visit) => visit.Unpin(frame));
                }

                foreach (Mfn frame in abandons ? [] : world.Frames)
                {
                    Assert.False(FrameCounts.HasContents(in FrameTable.Of(frame)));
                    Assert.Equal(0UL, world.TypeReferences(frame));
                }

                world.Memory.Destroy();
            },
            iter: iterations);

    private static void Step(GuestPagingWorld world, bool abandons, int what, Mfn first, Mfn second, int index, int kind)
    {
        ulong flags = kind switch { 0 => 0x66, 1 => 0xe7, 2 => 1UL << 55 | 0x67, < 6 => GuestPagingWorld.ReadOnly, _ => GuestPagingWorld.ReadWrite };
        ulong entry = GuestPagingWorld.Entry(second, flags);
        GuestPagingWorld.Act act = what switch
        {
            0 or 1 or 2 => (ref visit) => visit.Pin(first, 1 + (kind & 3)),
            3 => (ref visit) => visit.Unpin(first),
            4 or 5 or 6 => (ref visit) => visit.Write(GuestPagingWorld.Place(first, index), entry, (kind & 1) != 0),
            _ => (ref visit) => Result.Success,
        };
        if (what > 6 && !FrameCounts.HasContents(in FrameTable.Of(first)))
        {
            world.Poke(first, index, entry);
        }

        if (abandons)
        {
            world.Once(act).Try(out _);
            return;
        }

        world.Do(act);
    }
}
