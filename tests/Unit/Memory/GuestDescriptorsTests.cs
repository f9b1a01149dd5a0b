using System;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>Frames of segment descriptors: what is refused, what is changed, and that every reference comes back.</summary>
public sealed class GuestDescriptorsTests
{
    private const ulong KernelCode = 0x00af9b000000ffff;
    private const ulong UserCode = 0x00affb000000ffff;
    private const ulong NotPresentGate = 0x00000c0000080000;

    private static readonly DomainId s_guest = new(7);

    public static TheoryData<ulong> Forbidden => new()
    {
        0x0000890000000067,     // a task-state segment
        0x0000820000000067,     // an LDT
        0x0000ee0000080000,     // an interrupt gate
        0x0000850000080000,     // a task gate
    };

    [Fact]
    public void Segments_for_lower_rings_become_ring_3_and_others_stay()
    {
        using GuestPagingWorld world = new(s_guest, 2);
        Mfn frame = world.Frames[0];
        world.Poke(frame, 2, KernelCode);
        world.Poke(frame, 3, UserCode);
        world.Poke(frame, 4, NotPresentGate);
        world.Poke(frame, 5, 0x0000800000000000);
        world.Poke(frame, 6, 0x0000ec0000080000);
        Assert.Equal(Errno.None, Hold(world, frame));
        Assert.Equal(KernelCode | (3UL << 45), world.Peek(frame, 2));
        Assert.Equal(0x00008c0000080000UL, world.Peek(frame, 6));
        Assert.Equal((UserCode, NotPresentGate), (world.Peek(frame, 3), world.Peek(frame, 4)));
        Assert.Equal(Errno.Busy, FrameRef<Writable>.Hold(frame, s_guest, out _).Error);
        GuestDescriptors.Release(frame);
        Assert.Equal(0UL, world.TypeReferences(frame));
        world.Recount();
        world.Memory.Destroy();
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void System_descriptors_refuse_the_frame_and_the_change(ulong bad)
    {
        using GuestPagingWorld world = new(s_guest, 2);
        Mfn frame = world.Frames[0];
        world.Poke(frame, 511, bad);
        Assert.Equal(Errno.Inval, Hold(world, frame));
        world.Recount();
        Assert.Equal(Errno.Inval, Change(world, GuestPagingWorld.Place(frame, 1), bad));
        world.Poke(frame, 511, bad & ~(1UL << 47));
        Assert.Equal(Errno.None, Hold(world, frame));
        Assert.Equal(Errno.Inval, Change(world, GuestPagingWorld.Place(frame, 1), bad));
        GuestDescriptors.Release(frame);
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void A_frame_that_was_let_go_is_checked_again()
    {
        using GuestPagingWorld world = new(s_guest, 2);
        Mfn frame = world.Frames[0];
        Assert.Equal(Errno.None, Hold(world, frame));
        Assert.Equal(Errno.None, Hold(world, frame));
        GuestDescriptors.Release(frame);
        GuestDescriptors.Release(frame);
        world.Poke(frame, 7, 0x0000ee0000080000);
        Assert.Equal(Errno.Inval, Hold(world, frame));
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void A_change_goes_where_the_caller_may_write()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        Assert.Equal(Errno.None, Change(world, GuestPagingWorld.Place(chain[4], 9), KernelCode));
        Assert.Equal(KernelCode | (3UL << 45), world.Peek(chain[4], 9));
        Assert.Equal(Errno.Busy, Change(world, GuestPagingWorld.Place(chain[3], 9), UserCode));
        Assert.Equal(Errno.Busy, Hold(world, chain[3]));
        Assert.Equal(Errno.Busy, Hold(world, chain[4]));
        Assert.Equal(Errno.Inval, Change(world, GuestPagingWorld.Place(chain[4], 9) + 4, UserCode));
        Assert.Equal(Errno.Inval, Change(world, 0, UserCode));
        Assert.Equal(Errno.Inval, Change(world, ulong.MaxValue - 7, UserCode));
        Assert.Equal(Errno.Inval, Change(world, HostTables.RootFrame.Start.Value, UserCode));
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void A_table_that_is_refused_leaves_the_old_one()
    {
        using GuestPagingWorld world = new(s_guest, 6);
        VcpuContext context = default;
        ulong[] good = [world.Frames[0].Value, world.Frames[1].Value];
        Assert.Equal(Errno.None, SetGdt(world, ref context, good));
        ulong[] bad = [world.Frames[2].Value, world.Frames[2].Value, ulong.MaxValue];
        Assert.Equal(Errno.Inval, SetGdt(world, ref context, bad));
        Assert.Equal((1UL, 1UL, 0UL), (world.TypeReferences(world.Frames[0]), world.TypeReferences(world.Frames[1]), world.TypeReferences(world.Frames[2])));
        Assert.Equal(Errno.Inval, SetGdt(world, ref context, new ulong[15]));
        Assert.Equal(Errno.None, SetGdt(world, ref context, good.AsSpan(1)));
        Assert.Equal((0UL, 1UL), (world.TypeReferences(world.Frames[0]), world.TypeReferences(world.Frames[1])));
        Assert.Equal(Errno.None, SetGdt(world, ref context, []));
        world.Recount();
        world.Memory.Destroy();
    }

    [Theory]
    [InlineData(0x1000UL, 8193UL, Errno.Inval)]
    [InlineData(0x1008UL, 1UL, Errno.Inval)]
    [InlineData(GuestLinear.HypervisorStart, 1UL, Errno.Inval)]
    [InlineData(GuestLinear.HypervisorStart - 0x1000, 1UL, Errno.Inval)]
    [InlineData(0x7fff_ffff_f000UL, 513UL, Errno.Inval)]
    [InlineData(0x7fff_ffff_f000UL, 512UL, Errno.None)]
    [InlineData(0x1000UL, 0UL, Errno.None)]
    public void A_local_table_lies_where_a_guest_may_have_one(ulong start, ulong entries, Errno error)
    {
        using GuestPagingWorld world = new(s_guest, 1);
        VcpuContext context = default;
        Assert.Equal(error, GuestSegments.SetLdt(ref context, new GuestLinear(start), entries, isHere: false).Error);
    }

    private static Errno Hold(GuestPagingWorld world, Mfn frame)
    {
        using Locked<DomainRank> held = world.Memory.Lock();
        return GuestDescriptors.Hold(in held, ref world.Memory.Frames, s_guest, frame).Error;
    }

    private static Errno Change(GuestPagingWorld world, ulong place, ulong descriptor)
    {
        using Locked<DomainRank> held = world.Memory.Lock();
        return GuestDescriptors.Write(in held, ref world.Memory.Frames, s_guest, place, descriptor).Error;
    }

    private static Errno SetGdt(GuestPagingWorld world, ref VcpuContext context, ReadOnlySpan<ulong> table)
    {
        using Locked<DomainRank> held = world.Memory.Lock();
        return GuestSegments.SetGdt(in held, ref context, ref world.Memory.Frames, s_guest, table, isHere: false).Error;
    }
}
