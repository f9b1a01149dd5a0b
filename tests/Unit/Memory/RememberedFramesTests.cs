using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Smp;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>Frames that CPUs may still reach by translations that are gone.</summary>
public sealed class RememberedFramesTests
{
    private static readonly DomainId s_guest = new(7);

    [Fact]
    public void Entries_change_without_a_flush_until_a_frame_would_become_a_table()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        Mfn page = chain[4];
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        int before = world.Memory.Shootdowns;
        Assert.Equal(Errno.None, Set(world, chain[3], 3, GuestPagingWorld.Entry(page, GuestPagingWorld.ReadOnly)));
        Assert.Equal(Errno.None, Set(world, chain[3], 4, GuestPagingWorld.Entry(world.Frames[5], GuestPagingWorld.ReadWrite)));
        Assert.Equal(Errno.None, Set(world, chain[3], 4, 0));
        Assert.Equal(before, world.Memory.Shootdowns);
        Assert.True(world.Memory.Frames.IsRemembered);
        Assert.Equal(0UL, world.TypeReferences(page));
        world.Recount();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(page, 1)));
        Assert.Equal(before + 1, world.Memory.Shootdowns);
        Assert.False(world.Memory.Frames.IsRemembered);
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void Linking_a_frame_flushes_first_and_unlinking_at_once()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        int before = world.Memory.Shootdowns;
        Assert.Equal(Errno.None, Set(world, chain[3], 3, 0));
        Assert.Equal(Errno.None, Set(world, chain[2], 4, GuestPagingWorld.Entry(chain[4], GuestPagingWorld.Table)));
        Assert.Equal(before + 1, world.Memory.Shootdowns);
        Assert.Equal(Errno.None, Set(world, chain[2], 4, GuestPagingWorld.Entry(chain[4], GuestPagingWorld.Table)));
        Assert.Equal(before + 1, world.Memory.Shootdowns);
        Assert.Equal(Errno.None, Set(world, chain[2], 4, 0));
        Assert.Equal(before + 2, world.Memory.Shootdowns);
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void Nothing_that_is_remembered_is_given_away()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        Assert.Equal(Errno.None, Set(world, chain[3], 3, 0));
        Assert.Equal(Errno.Again, world.Memory.Free(chain[4]).Error);
        DetachedFrames detached = default;
        using (Locked<DomainRank> held = world.Memory.Lock())
        {
            Assert.Equal(Errno.Again, world.Memory.Frames.Detach(in held, s_guest, chain[4], ref detached).Error);
            FrameInfo copy = FrameTable.Of(chain[4]);
            int budget = 100;
            Assert.Equal(Errno.Again, GuestTables.HoldLeaf(ref FrameTable.Of(chain[4]), FrameType.SegmentDescriptors, ref world.Memory.Frames, ref budget).Error);
            Assert.Equal(Errno.Again, GuestTables.HoldTable(ref FrameTable.Of(chain[4]), 1, ref world.Memory.Frames, ref budget).Error);
            Assert.Equal((copy.Count, copy.Type), (FrameTable.Of(chain[4]).Count, FrameTable.Of(chain[4]).Type));
            int before = world.Memory.Shootdowns;
            GuestPaging.ForgetTranslations(in held, ref world.Memory.Frames, s_guest);
            GuestPaging.ForgetTranslations(in held, ref world.Memory.Frames, s_guest);
            Assert.Equal(before + 1, world.Memory.Shootdowns);
        }

        Assert.Equal(Errno.None, world.Memory.Free(chain[4]).Error);
        world.Memory.Destroy();
    }

    [Fact]
    public void What_its_owner_has_given_back_is_held_until_every_cpu_has_forgotten()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        ulong free = MemoryWorld.FreeFrames;
        Assert.Equal(Errno.None, world.Memory.Free(chain[4]).Error);
        Assert.Equal(free, MemoryWorld.FreeFrames);
        int before = world.Memory.Shootdowns;
        Assert.Equal(Errno.None, Set(world, chain[3], 3, 0));
        Assert.Equal((before + 1, free + 1), (world.Memory.Shootdowns, MemoryWorld.FreeFrames));
        Assert.False(world.Memory.Frames.IsRemembered);
        world.Memory.Destroy();
    }

    private static Errno Set(GuestPagingWorld world, Mfn table, int index, ulong entry) =>
        world.Do((ref GuestPaging visit) => visit.Write(GuestPagingWorld.Place(table, index), entry, false));
}
