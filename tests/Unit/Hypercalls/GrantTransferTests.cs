using System;
using System.Buffers.Binary;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Hypercalls;

/// <summary>Frames that change their owner through a grant, and whole tables that a toolstack maps.</summary>
public sealed class GrantTransferTests : GrantTest
{
    private const uint Second = 9;

    [Fact]
    public void A_frame_goes_to_who_waits_for_it_with_what_is_in_it()
    {
        Mfn frame = Unmapped(Page, 4711);
        Accept(Reference, UserId);
        ulong before = Granter.Memory.Count;
        Assert.Equal(GrantStatus.Okay, Transfer(frame, GranterId, Reference));
        Assert.Equal((before + 1, 0xe), (Granter.Memory.Count, (int)Flags));
        Assert.Equal((uint)frame.Value, BinaryPrimitives.ReadUInt32LittleEndian(Entry[4..]));
        Assert.Equal(4711UL, BinaryPrimitives.ReadUInt64LittleEndian(DirectMap.BytesOf(frame)));
        Assert.True(FrameRef<Writable>.Hold(frame, GranterId, out FrameRef<Writable> held).Try(out _));
        held.Dispose();
        Assert.Equal(GrantStatus.BadPage, Transfer(frame, GranterId, Reference));
    }

    [Fact]
    public void What_is_mapped_or_not_the_givers_stays()
    {
        Accept(Reference, UserId);
        Assert.True(GuestTables.TryTranslate(GuestCpu.RootOf(in User.Context), Page, out Mfn mapped, out _));
        ulong before = DomainList.Find(UserId).Memory.Count;
        Assert.Equal(GrantStatus.BadPage, Transfer(mapped, GranterId, Reference));
        Assert.Equal(GrantStatus.BadPage, Transfer(GuestCpu.RootOf(in User.Context), GranterId, Reference));
        Assert.Equal(GrantStatus.BadPage, Transfer(new Mfn(ulong.MaxValue), GranterId, Reference));
        Assert.Equal(GrantStatus.BadPage, Transfer(Granter.Memory.First, GranterId, Reference));
        Assert.Equal((before, (int)GrantFlags.AcceptTransfer), (DomainList.Find(UserId).Memory.Count, (int)Flags));
    }

    [Fact]
    public void A_frame_that_nobody_takes_is_lost()
    {
        ulong before = DomainList.Find(UserId).Memory.Count;
        Assert.Equal(GrantStatus.BadDomain, Transfer(Unmapped(Page, 1), new DomainId(99), Reference));
        Assert.Equal(GrantStatus.GeneralError, Transfer(Unmapped(Window, 1), GranterId, uint.MaxValue));
        Assert.Equal(GrantStatus.GeneralError, Transfer(Unmapped(Window + 4096, 1), GranterId, Second));
        Accept(Second, GranterId);
        Assert.Equal(GrantStatus.GeneralError, Transfer(Unmapped(Window + 8192, 1), GranterId, Second));
        Accept(Reference, UserId);
        Granter.Memory.Limit = Granter.Memory.Count;
        Assert.Equal(GrantStatus.GeneralError, Transfer(Unmapped(Window + 12288, 1), GranterId, Reference));
        Assert.Equal((before - 5, (int)GrantFlags.AcceptTransfer), (DomainList.Find(UserId).Memory.Count, (int)Flags));
    }

    [Fact]
    public void A_toolstack_is_told_the_frames_of_a_table_which_grows()
    {
        DomainList.Find(UserId).IsPrivileged = true;
        AcquireResource entries = new() { Domain = GranterId, Type = 1 };
        Assert.Equal(64u, Acquire(entries).Frames);
        Assert.Equal(8u, Acquire(entries with { Id = 1 }).Frames);
        Acquire(entries with { List = List + 512, Frame = 2, Frames = 2 });
        Assert.Equal((4, Granter.Grants.FrameAt(2).Value, Granter.Grants.FrameAt(3).Value), (Granter.Grants.Frames, Peek(List + 512), Peek(List + 520)));
        Acquire(entries with { List = List + 512, Frame = 63, Frames = 1 });
        Acquire(entries with { List = List + 512, Frame = 64, Frames = 1 }, Errno.Inval);
        Acquire(entries with { List = List + 512, Frame = 63, Frames = 2 }, Errno.Inval);
        Acquire(entries with { List = List + 512, Frame = uint.MaxValue, Frames = 1 }, Errno.Inval);
        Acquire(entries with { List = List + 512, Frame = ulong.MaxValue, Frames = 1 }, Errno.Inval);
        Acquire(entries with { List = List + 512 }, Errno.Inval);
        Acquire(entries with { Frames = 3 }, Errno.Inval);
        Acquire(entries with { List = List + 512, Frames = 1, Id = 1 }, Errno.Inval);
        Acquire(entries with { List = List + 512, Frames = 1, Id = 2 }, Errno.Inval);
        Acquire(entries with { List = List + 512, Frames = 1, Type = 0 }, Errno.Inval);
        Acquire(entries with { List = List + 512, Frames = 1, Type = 2 }, Errno.Inval);
        Acquire(entries with { List = List + 512, Frames = 1, Type = 3 }, Errno.OpNotSupp);
        Acquire(entries with { List = GuestLinear.HypervisorStart, Frames = 1 }, Errno.Fault);
        Acquire(entries with { Padding = 1 }, Errno.Inval);
        Acquire(entries with { Domain = UserId }, Errno.Perm);
        Acquire(entries with { Domain = DomainId.Self }, Errno.Srch);
        DomainList.Find(UserId).IsPrivileged = false;
        Acquire(entries, Errno.Perm);
    }

    private static AcquireResource Acquire(AcquireResource arguments, Errno expected = Errno.None)
    {
        Poke(List, arguments);
        Assert.Equal(-(long)expected, Call(Hypercall.MemoryOp, (ulong)MemoryCommand.AcquireResource, List, 0));
        return Load<AcquireResource>();
    }

    private static GrantStatus Transfer(Mfn frame, DomainId to, uint reference) =>
        Operate(GrantTableCommand.Transfer, new GrantTransfer { Frame = frame.Value, Domain = to.Value, Reference = reference }).Status;

    private static Mfn Unmapped(ulong page, ulong content)
    {
        Assert.True(GuestTables.TryTranslate(GuestCpu.RootOf(in User.Context), page, out Mfn frame, out _));
        Poke(page, new GuestWord(content));
        Assert.Equal(0, Call(Hypercall.UpdateVaMapping, page, 0, 2));
        return frame;
    }

    private static void Accept(uint reference, DomainId giver)
    {
        Span<byte> entry = DirectMap.BytesOf(Granter.Grants.FrameAt(0))[((int)reference * 8)..];
        BinaryPrimitives.WriteUInt64LittleEndian(entry, (ulong)GrantFlags.AcceptTransfer | ((ulong)giver.Value << 16));
    }
}
