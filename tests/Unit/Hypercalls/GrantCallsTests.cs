using System.Buffers.Binary;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Unit.Memory;
using Xunit;

namespace Sharpen.Unit.Hypercalls;

/// <summary>Mapping and unmapping of grants of the first version, and deaths.</summary>
public sealed class GrantCallsTests : GrantTest
{
    [Fact]
    public void A_page_is_noted_as_used_from_before_it_is_mapped_until_it_is_gone()
    {
        Mfn frame = Grant(Permit);
        GrantMap first = Map(GrantMapFlags.Host | GrantMapFlags.ReadOnly, Window);
        Assert.Equal((GrantStatus.Okay, Permit | Reading), (first.Status, (int)Flags));
        GrantMap second = Map(GrantMapFlags.Host | GrantMapFlags.Device, Page);
        Assert.Equal((GrantStatus.Okay, Permit | ReadingAndWriting), (second.Status, (int)Flags));
        Assert.Equal(frame.Start.Value, second.DeviceAddress);
        Poke(Page, new GuestWord(77));
        Assert.Equal(77UL, BinaryPrimitives.ReadUInt64LittleEndian(DirectMap.BytesOf(frame)));
        Assert.Equal(77UL, Peek(Window));
        Assert.Equal(GrantStatus.GeneralError, Unmap(first.Handle, Page));
        Assert.Equal(GrantStatus.Okay, Unmap(second.Handle, Page));
        Assert.Equal(Permit | ReadingAndWriting, Flags);
        Assert.Equal(GrantStatus.BadDeviceAddress, Unmap(second.Handle, 0, frame.Start.Value + 4096));
        Assert.Equal(GrantStatus.Okay, Unmap(second.Handle, 0, frame.Start.Value));
        Assert.Equal(Permit | Reading, Flags);
        Assert.Equal(GrantStatus.BadHandle, Unmap(second.Handle, Page));
        Assert.Equal(GrantStatus.Okay, Unmap(first.Handle, Window));
        Assert.Equal(Permit, Flags);
        Assert.Equal(0UL, Granter.Grants.UsesOf(Reference));
    }

    [Fact]
    public void What_is_not_granted_so_is_refused_and_leaves_nothing()
    {
        Grant(Permit | (ushort)GrantFlags.ReadOnly);
        Assert.Equal(GrantStatus.GeneralError, Map(GrantMapFlags.Host, Window).Status);
        Assert.Equal(GrantStatus.BadReference, Map(GrantMapFlags.None, Window).Status);
        Assert.Equal(GrantStatus.GeneralError, Map(GrantMapFlags.Host | GrantMapFlags.ReadOnly, GuestLinear.HypervisorStart).Status);
        BinaryPrimitives.WriteUInt16LittleEndian(Entry[2..], 99);
        Assert.Equal(GrantStatus.GeneralError, Map(GrantMapFlags.Host | GrantMapFlags.ReadOnly, Window).Status);
        Grant(Permit);
        BinaryPrimitives.WriteUInt32LittleEndian(Entry[4..], uint.MaxValue);
        Assert.Equal(GrantStatus.BadPage, Map(GrantMapFlags.Host, Window).Status);
        Assert.Equal(Permit, Flags);
        Assert.Equal(0, DomainList.Find(UserId).Mappings.Count);
    }

    [Fact]
    public void A_mapping_outlives_the_domain_that_granted_and_the_next_of_its_number()
    {
        Mfn frame = Grant(Permit);
        GrantMap map = Map(GrantMapFlags.Host | GrantMapFlags.Device, Window);
        Assert.Equal(GrantStatus.Okay, map.Status);
        Poke(Window, new GuestWord(78));
        Destroy(GranterId);
        MemoryWorld.Settle();
        Assert.True(Refs.IsNull(ref DomainList.Find(GranterId)));
        Assert.Equal(78UL, Peek(Window));
        Build(GranterId);
        Assert.False(FrameRef<Untyped>.Hold(frame, GranterId, out _).Try(out _));
        Assert.Equal(GrantStatus.Okay, Unmap(map.Handle, Window, frame.Start.Value));
        Assert.Equal(0UL, Granter.Grants.UsesOf(Reference));
    }

    [Fact]
    public void The_death_of_the_user_ends_its_uses()
    {
        Grant(Permit);
        Assert.Equal(GrantStatus.Okay, Map(GrantMapFlags.Host | GrantMapFlags.Device, Window).Status);
        GuestCpu.Park(ref User.Context);
        Destroy(UserId);
        MemoryWorld.Settle();
        Assert.Equal((0UL, (int)Permit), (Granter.Grants.UsesOf(Reference), (int)Flags));
    }
}
