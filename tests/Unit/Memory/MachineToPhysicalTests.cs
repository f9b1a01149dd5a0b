using System;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>The table in which guests look up what page a frame is.</summary>
public sealed class MachineToPhysicalTests
{
    private static readonly FrameRange s_high = new(new Mfn(0x20_0000), 0x1_0000);

    [Fact]
    public void Guests_see_it_read_only_below_every_root_and_holes_where_no_domain_ever_had_memory()
    {
        using MemoryWorld world = new(MemoryWorld.OneGranule, s_high);
        Assert.True(MachineToPhysical.Part(MemoryWorld.OneGranule.First.Value >> 18).IsInvalid);
        MemoryWorld.TouchForDomain();
        Assert.True(MachineToPhysical.Part(MemoryWorld.OneGranule.First.Value >> 18).IsInvalid);
        Mfn part = MachineToPhysical.Part(s_high.First.Value >> 18);
        Assert.True(HostTables.TryTranslate(new HostLinear(MachineToPhysical.Start + (s_high.First.Value * 8)), out Translation entry));
        Assert.Equal(PageAccess.User, entry.Access);
        Assert.Equal(2, entry.Level);
        Assert.Equal(part.Start.Value, entry.Address.Value);
        Assert.True(IsOpenToGuests());
        Assert.Equal(-1, MemoryWorld.BytesOf(part).IndexOfAnyExcept((byte)0xff));
    }

    [Fact]
    public void A_frame_that_is_given_back_is_nobodys()
    {
        using MemoryWorld world = new();
        Mfn frame = FrameAllocator.AllocateForDomain(Machine.Locks.NoLocks.Held, new(5), PageOrder.Small, FrameOptions.None).Expect();
        Assert.Equal(MachineToPhysical.Nobodys, MachineToPhysical.PageOf(frame));
        MachineToPhysical.Set(new FrameRange(frame, 1), 0x1234);
        Assert.Equal(0x1234UL, MachineToPhysical.PageOf(frame));
        FrameCounts.Unlist(ref FrameTable.Of(frame));
        Assert.Equal(MachineToPhysical.Nobodys, MachineToPhysical.PageOf(frame));
    }

    [Fact]
    public void Its_frames_can_be_mapped_in_the_hypervisors_name_to_be_read()
    {
        using MemoryWorld world = new();
        MemoryWorld.TouchForDomain();
        Mfn part = MachineToPhysical.Part(MemoryWorld.OneGranule.First.Value >> 18);
        Sharpen.Abi.DomainId host = FrameAllocator.HypervisorId;
        Assert.True(FrameRef<Untyped>.Hold(part + 511, host, out FrameRef<Untyped> held).Try(out _));
        held.Dispose();
        Assert.Equal(Sharpen.Abi.Errno.Busy, FrameRef<Writable>.Hold(part, host, out _).Error);
        Assert.Equal(Sharpen.Abi.Errno.Inval, FrameRef<Untyped>.Hold(part, new(1), out _).Error);
        Assert.Equal(Sharpen.Abi.Errno.Inval, FrameRef<Untyped>.Hold(part + 512, host, out _).Error);
    }

    [Theory]
    [InlineData(0UL, 0xffff_ffffUL)]
    [InlineData(0x6_ffffUL, 0x2_0000UL)]
    [InlineData(0xffff_0000UL, 0x1_0000UL)]
    [InlineData(0x1_0000_0000_0000UL, 0x100_0000UL)]
    public void Runs_of_any_numbers_may_be_set(ulong first, ulong count)
    {
        using MemoryWorld world = new();
        MemoryWorld.TouchForDomain();
        MachineToPhysical.Set(new FrameRange(new Mfn(first), count), 9);
        Mfn known = new(0x7_8000);
        ulong wanted = new FrameRange(new Mfn(first), count).Contains(known) ? 9 + (known.Value - first) : MachineToPhysical.Nobodys;
        Assert.Equal(wanted, MachineToPhysical.PageOf(known));
        Assert.Equal(MachineToPhysical.Nobodys, MachineToPhysical.PageOf(new Mfn(1UL << 50)));
    }

    [Fact]
    public void Without_memory_for_the_table_a_domain_gets_none()
    {
        FrameRange small = new(new Mfn(0x7_0200), 0x300);
        using MemoryWorld world = new(small);
        MemoryWorld.Free(MemoryWorld.Allocate());
        ulong free = MemoryWorld.FreeFrames;
        Assert.False(FrameAllocator.AllocateForDomain(Machine.Locks.NoLocks.Held, new(5), PageOrder.Small, FrameOptions.None).Try(out _, out _));
        Assert.Equal(free, MemoryWorld.FreeFrames);
    }

    private static bool IsOpenToGuests()
    {
        HostLinear start = new(MachineToPhysical.Start);
        int index = PageTables<HostFormat>.IndexAt(HostFormat.Levels, start);
        ulong entry = BitConverter.ToUInt64(MemoryWorld.BytesOf(HostTables.RootFrame)[(index * 8)..]);
        return (HostFormat.AccessOf(HostFormat.Levels, entry) & PageAccess.User) != 0 && !GuestTables.IsGuestEntry(L4Table.Level, index);
    }
}
