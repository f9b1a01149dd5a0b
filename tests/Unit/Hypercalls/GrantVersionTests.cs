using System;
using System.Buffers.Binary;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Hypercalls;

/// <summary>Grants of the second version: longer entries, uses noted elsewhere, parts of pages, grants that are passed on.</summary>
public sealed class GrantVersionTests : GrantTest
{
    private static readonly DomainId s_third = new(9);

    private static Span<byte> Long => DirectMap.BytesOf(Granter.Grants.FrameAt(0))[((int)Reference * 16)..];

    private static int Status => BinaryPrimitives.ReadUInt16LittleEndian(DirectMap.BytesOf(Granter.Grants.StatusFrameAt(0))[((int)Reference * 2)..]);

    [Fact]
    public void The_version_is_chosen_told_and_refused()
    {
        Assert.Equal(2u, Operate(GrantTableCommand.SetVersion, new GrantSetVersion { Version = 2 }).Version);
        Assert.Equal(2u, Operate(GrantTableCommand.GetVersion, new GrantGetVersion { Domain = DomainId.Self.Value }).Version);
        Assert.Equal(2u, Operate(GrantTableCommand.SetVersion, new GrantSetVersion { Version = 3 }, Errno.Inval).Version);
        Assert.Equal(2u, Operate(GrantTableCommand.SetVersion, new GrantSetVersion { Version = 0 }, Errno.Inval).Version);
        GrantGetStatusFrames frames = new() { Domain = DomainId.Self.Value, FrameCount = 1, FrameList = List + 512 };
        Assert.Equal(GrantStatus.Okay, Operate(GrantTableCommand.GetStatusFrames, frames).Status);
        Assert.Equal(DomainList.Find(UserId).Grants.StatusFrameAt(0).Value, Peek(List + 512));
        Assert.Equal(GrantStatus.GeneralError, Operate(GrantTableCommand.GetStatusFrames, frames with { FrameCount = 2 }).Status);
        Assert.Equal(GrantStatus.GeneralError, Operate(GrantTableCommand.GetStatusFrames, frames with { FrameCount = uint.MaxValue }).Status);
        Assert.Equal(GrantStatus.BadAddress, Operate(GrantTableCommand.GetStatusFrames, frames with { FrameList = GuestLinear.HypervisorStart }).Status);
        Assert.Equal(1u, Operate(GrantTableCommand.SetVersion, new GrantSetVersion { Version = 1 }).Version);
        Assert.Equal(GrantStatus.GeneralError, Operate(GrantTableCommand.GetStatusFrames, frames).Status);
    }

    [Fact]
    public void Uses_are_noted_beside_the_entries_and_a_version_in_use_stays()
    {
        Change(2);
        Mfn frame = Grant(Permit, Page);
        GrantMap first = Map(GrantMapFlags.Host | GrantMapFlags.ReadOnly, Window);
        Assert.Equal((GrantStatus.Okay, (int)Reading, (int)Permit), (first.Status, Status, BinaryPrimitives.ReadUInt16LittleEndian(Long)));
        GrantMap second = Map(GrantMapFlags.Host, Page);
        Assert.Equal((GrantStatus.Okay, (int)ReadingAndWriting), (second.Status, Status));
        Assert.Equal(frame.Start.Value, second.DeviceAddress);
        Assert.Equal(Errno.Busy, Change(1));
        Assert.Equal(GrantStatus.Okay, Unmap(second.Handle, Page));
        Assert.Equal((int)Reading, Status);
        Assert.Equal(GrantStatus.Okay, Unmap(first.Handle, Window));
        Assert.Equal(0, Status);
        BinaryPrimitives.WriteUInt64LittleEndian(Long[8..], 1UL << 32);
        Assert.Equal(GrantStatus.BadPage, Map(GrantMapFlags.Host, Window).Status);
        Grant(Permit | (ushort)GrantFlags.ReadOnly, Page);
        Assert.Equal((GrantStatus.GeneralError, 0), (Map(GrantMapFlags.Host, Window).Status, Status));
        Grant((ushort)GrantFlags.Transitive, Page);
        Assert.Equal((GrantStatus.GeneralError, 0), (Map(GrantMapFlags.Host, Window).Status, Status));
        Assert.Equal(Errno.None, Change(1));
    }

    [Fact]
    public void Reserved_entries_survive_a_change_and_others_do_not()
    {
        Span<byte> page = DirectMap.BytesOf(Granter.Grants.FrameAt(0));
        for (int entry = 0; entry < 10; entry++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(page[(entry * 8)..], Permit | (0x77UL << 16) | ((ulong)entry << 32));
        }

        BinaryPrimitives.WriteUInt64LittleEndian(page[8..], (ulong)GrantFlags.AcceptTransfer);
        Change(2);
        Assert.Equal((Permit | (0x77UL << 16), 7UL), (BinaryPrimitives.ReadUInt64LittleEndian(page[(7 * 16)..]), BinaryPrimitives.ReadUInt64LittleEndian(page[((7 * 16) + 8)..])));
        Assert.Equal((0UL, 0UL), (BinaryPrimitives.ReadUInt64LittleEndian(page[16..]), BinaryPrimitives.ReadUInt64LittleEndian(page[(8 * 16)..])));
        Change(1);
        Assert.Equal(Permit | (0x77UL << 16) | (7UL << 32), BinaryPrimitives.ReadUInt64LittleEndian(page[(7 * 8)..]));
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(page[(8 * 8)..]));
    }

    [Theory]
    [InlineData(100, 50, GrantStatus.Okay)]
    [InlineData(149, 1, GrantStatus.Okay)]
    [InlineData(150, 0, GrantStatus.Okay)]
    [InlineData(99, 1, GrantStatus.GeneralError)]
    [InlineData(100, 51, GrantStatus.GeneralError)]
    [InlineData(150, 1, GrantStatus.GeneralError)]
    [InlineData(4090, 8, GrantStatus.BadCopyArgument)]
    public void A_part_of_a_page_can_be_copied_and_not_mapped(int offset, int length, GrantStatus expected)
    {
        Change(2);
        Grant(Permit | (ushort)GrantFlags.SubPage, Page);
        BinaryPrimitives.WriteUInt32LittleEndian(Long[4..], 100 | (50u << 16));
        Assert.Equal(GrantStatus.GeneralError, Map(GrantMapFlags.Host, Window).Status);
        Assert.Equal(expected, Copy((ushort)offset, (ushort)length));
        Assert.Equal((0, 0UL), (Status, Granter.Grants.UsesOf(Reference)));
    }

    [Fact]
    public void A_grant_can_be_passed_on_once()
    {
        Change(2);
        Build(s_third);
        ref Domain third = ref DomainList.Find(s_third);
        Assert.True(GuestTables.TryTranslate(GuestCpu.RootOf(in DomainList.VcpuOf(ref third, 0).Context), Page, out Mfn frame, out _));
        DirectMap.BytesOf(frame)[3] = 99;
        Span<byte> given = DirectMap.BytesOf(third.Grants.FrameAt(0));
        BinaryPrimitives.WriteUInt64LittleEndian(given[(20 * 8)..], Permit | ((ulong)GranterId.Value << 16) | (frame.Value << 32));
        Grant((ushort)GrantFlags.Transitive, Page);
        BinaryPrimitives.WriteUInt32LittleEndian(Long[4..], s_third.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(Long[8..], 20);
        Assert.Equal(GrantStatus.Okay, Copy(0, 8));
        Assert.Equal(99UL << 24, Peek(Window));
        Assert.Equal((0UL, 0UL, 0), (third.Grants.UsesOf(20), Granter.Grants.UsesOf(Reference), Status));
        BinaryPrimitives.WriteUInt64LittleEndian(Long[8..], 21);
        Assert.Equal(GrantStatus.GeneralError, Copy(0, 8));
        BinaryPrimitives.WriteUInt64LittleEndian(Long[8..], ulong.MaxValue);
        Assert.Equal(GrantStatus.BadReference, Copy(0, 8));
        BinaryPrimitives.WriteUInt32LittleEndian(Long[4..], GranterId.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(Long[8..], Reference);
        Assert.Equal(GrantStatus.GeneralError, Copy(0, 8));
        Assert.Equal((0UL, 0), (Granter.Grants.UsesOf(Reference), Status));
        Destroy(s_third);
    }

    private static GrantStatus Copy(ushort offset, ushort length)
    {
        Assert.True(GuestTables.TryTranslate(GuestCpu.RootOf(in User.Context), Window, out Mfn own, out _));
        return Operate(GrantTableCommand.Copy, new GrantCopy
        {
            Source = new GrantCopyPlace { Place = Reference, Domain = GranterId.Value, Offset = offset },
            Target = new GrantCopyPlace { Place = own.Value, Domain = DomainId.Self.Value, Offset = offset },
            Length = length,
            Flags = GrantCopyFlags.SourceReference,
        }).Status;
    }

    private static Errno Change(uint version)
    {
        using Locked<GrantRank> held = Granter.Grants.Lock.Enter(NoLocks.Held);
        return Granter.Grants.SetVersion(held, version).Error;
    }

    private static Mfn Grant(int flags, ulong page)
    {
        Assert.True(GuestTables.TryTranslate(GuestCpu.RootOf(in DomainList.VcpuOf(ref Granter, 0).Context), page, out Mfn frame, out _));
        BinaryPrimitives.WriteUInt64LittleEndian(Long[8..], frame.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(Long, (uint)flags | ((ulong)UserId.Value << 16));
        return frame;
    }
}
