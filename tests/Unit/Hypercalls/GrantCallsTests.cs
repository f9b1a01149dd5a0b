using System;
using System.Buffers.Binary;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Hypercalls;
using Sharpen.Hypervisor.Hypercalls.Table;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Simulation.Core;
using Sharpen.Unit.Memory;
using Xunit;

namespace Sharpen.Unit.Hypercalls;

/// <summary>grant_table_op between two domains: one grants, the other uses; either may die first.</summary>
public sealed class GrantCallsTests : IDisposable
{
    private const ulong List = KernelFile.Base + (900UL << 12);
    private const ulong Page = KernelFile.Base + (902UL << 12);
    private const ulong Window = KernelFile.Base + (903UL << 12);
    private const uint Reference = 8;
    private const ushort Permit = 1;
    private const ushort Reading = 0x8;
    private const ushort ReadingAndWriting = 0x18;

    private static readonly DomainId s_granter = new(7);
    private static readonly DomainId s_user = new(8);
    private readonly MemoryWorld _world = new();
    private readonly ulong _free;

    public GrantCallsTests()
    {
        MemoryWorld.BeginDomains();
        MemoryWorld.Free(MemoryWorld.Allocate());
        Build(s_user);
        Destroy(s_user);
        _free = MemoryWorld.Settle();
        Build(s_granter);
        Build(s_user);
        GuestCpu.Load(ref User.Context);
    }

    private static ref Vcpu User => ref DomainList.VcpuOf(ref DomainList.Find(s_user), 0);

    private static ref Domain Granter => ref DomainList.Find(s_granter);

    private static ushort Flags => BinaryPrimitives.ReadUInt16LittleEndian(Entry);

    private static Span<byte> Entry => DirectMap.BytesOf(Granter.Grants.FrameAt(0))[((int)Reference * 8)..];

    public void Dispose()
    {
        if (!Refs.IsNull(ref DomainList.Find(s_user)))
        {
            GuestCpu.Park(ref User.Context);
        }

        Destroy(s_user);
        Destroy(s_granter);
        Assert.Equal(_free, MemoryWorld.Settle());
        _world.Dispose();
    }

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
        Assert.Equal(0, DomainList.Find(s_user).Mappings.Count);
    }

    [Fact]
    public void A_mapping_outlives_the_domain_that_granted_and_the_next_of_its_number()
    {
        Mfn frame = Grant(Permit);
        GrantMap map = Map(GrantMapFlags.Host | GrantMapFlags.Device, Window);
        Assert.Equal(GrantStatus.Okay, map.Status);
        Poke(Window, new GuestWord(78));
        Destroy(s_granter);
        MemoryWorld.Settle();
        Assert.True(Refs.IsNull(ref DomainList.Find(s_granter)));
        Assert.Equal(78UL, Peek(Window));
        Build(s_granter);
        Assert.False(FrameRef<Untyped>.Hold(frame, s_granter, out _).Try(out _));
        Assert.Equal(GrantStatus.Okay, Unmap(map.Handle, Window, frame.Start.Value));
        Assert.Equal(0UL, Granter.Grants.UsesOf(Reference));
    }

    [Fact]
    public void The_death_of_the_user_ends_its_uses()
    {
        Grant(Permit);
        Assert.Equal(GrantStatus.Okay, Map(GrantMapFlags.Host | GrantMapFlags.Device, Window).Status);
        GuestCpu.Park(ref User.Context);
        Destroy(s_user);
        MemoryWorld.Settle();
        Assert.Equal((0UL, (int)Permit), (Granter.Grants.UsesOf(Reference), (int)Flags));
    }

    private static Mfn Grant(ushort flags)
    {
        Assert.True(GuestTables.TryTranslate(GuestCpu.RootOf(in DomainList.VcpuOf(ref Granter, 0).Context), Page, out Mfn frame, out _));
        BinaryPrimitives.WriteUInt32LittleEndian(Entry[4..], (uint)frame.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(Entry, flags | ((uint)s_user.Value << 16));
        return frame;
    }

    private static GrantMap Map(GrantMapFlags flags, ulong address) =>
        Operate(GrantTableCommand.MapGrantRef, new GrantMap { Address = address, Flags = flags, Reference = Reference, Domain = s_granter.Value });

    private static GrantStatus Unmap(uint handle, ulong address, ulong device = 0) =>
        Operate(GrantTableCommand.UnmapGrantRef, new GrantUnmap { Address = address, DeviceAddress = device, Handle = handle }).Status;

    private static T Operate<T>(GrantTableCommand command, T operation)
        where T : unmanaged, IAbiData
    {
        Poke(List, operation);
        CpuUserRegisters registers = new() { Rax = (ulong)Hypercall.GrantTableOp, Rdi = (ulong)command, Rsi = List, Rdx = 1 };
        Answer answer = HypercallTable.Dispatch(ref User, in HypercallArguments.Of(in registers));
        Assert.Equal((AnswerKind.Value, 0L), (answer.Kind, answer.Value));
        Assert.True(GuestHandle<T>.From(List).Try(out GuestHandle<T> place, out _));
        Assert.True(GuestMemory.Read(place).Try(out T done, out _));
        return done;
    }

    private static void Poke<T>(ulong address, T value)
        where T : unmanaged, IAbiData
    {
        Assert.True(GuestHandle<T>.From(address).Try(out GuestHandle<T> place, out _));
        Assert.True(GuestMemory.Write(place, value).Try(out _));
    }

    private static ulong Peek(ulong address)
    {
        Span<byte> bytes = stackalloc byte[8];
        Assert.True(GuestMemory.ReadBytes(new GuestLinear(address), bytes).Try(out _));
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private static void Build(DomainId id) => Assert.True(DomainBuilder.Build(id, KernelFile.Make(), "memory=8M"u8).Try(out _));

    private static void Destroy(DomainId id)
    {
        ref Domain domain = ref DomainList.Find(id);
        if (!Refs.IsNull(ref domain))
        {
            DomainControl.Stop(ref domain, ShutdownReason.PowerOff);
        }
    }
}
