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
public abstract class GrantTest : IDisposable
{
    protected const ulong List = KernelFile.Base + (900UL << 12);
    protected const ulong Page = KernelFile.Base + (902UL << 12);
    protected const ulong Window = KernelFile.Base + (903UL << 12);
    protected const uint Reference = 8;
    protected const ushort Permit = 1;
    protected const ushort Reading = 0x8;
    protected const ushort ReadingAndWriting = 0x18;

    protected static readonly DomainId GranterId = new(7);
    protected static readonly DomainId UserId = new(8);
    private readonly MemoryWorld _world = new();
    private readonly ulong _free;

    protected GrantTest()
    {
        MemoryWorld.BeginDomains();
        MemoryWorld.Free(MemoryWorld.Allocate());
        Build(UserId);
        Destroy(UserId);
        _free = MemoryWorld.Settle();
        Build(GranterId);
        Build(UserId);
        GuestCpu.Load(ref User.Context);
    }

    protected static ref Vcpu User => ref DomainList.VcpuOf(ref DomainList.Find(UserId), 0);

    protected static ref Domain Granter => ref DomainList.Find(GranterId);

    protected static ushort Flags => BinaryPrimitives.ReadUInt16LittleEndian(Entry);

    protected static Span<byte> Entry => DirectMap.BytesOf(Granter.Grants.FrameAt(0))[((int)Reference * 8)..];

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (!Refs.IsNull(ref DomainList.Find(UserId)))
        {
            GuestCpu.Park(ref User.Context);
        }

        Destroy(UserId);
        Destroy(GranterId);
        Assert.Equal(_free, MemoryWorld.Settle());
        _world.Dispose();
    }

    protected static Mfn Grant(ushort flags)
    {
        Assert.True(GuestTables.TryTranslate(GuestCpu.RootOf(in DomainList.VcpuOf(ref Granter, 0).Context), Page, out Mfn frame, out _));
        BinaryPrimitives.WriteUInt32LittleEndian(Entry[4..], (uint)frame.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(Entry, flags | ((uint)UserId.Value << 16));
        return frame;
    }

    protected static GrantMap Map(GrantMapFlags flags, ulong address) =>
        Operate(GrantTableCommand.MapGrantRef, new GrantMap { Address = address, Flags = flags, Reference = Reference, Domain = GranterId.Value });

    protected static GrantStatus Unmap(uint handle, ulong address, ulong device = 0) =>
        Operate(GrantTableCommand.UnmapGrantRef, new GrantUnmap { Address = address, DeviceAddress = device, Handle = handle }).Status;

    protected static long Call(Hypercall number, ulong first, ulong second, ulong third)
    {
        CpuUserRegisters registers = new() { Rax = (ulong)number, Rdi = first, Rsi = second, Rdx = third };
        Answer answer = HypercallTable.Dispatch(ref User, in HypercallArguments.Of(in registers));
        Assert.Equal(AnswerKind.Value, answer.Kind);
        return answer.Value;
    }

    protected static T Operate<T>(GrantTableCommand command, T operation, Errno expected = Errno.None)
        where T : unmanaged, IAbiData
    {
        Poke(List, operation);
        Assert.Equal(-(long)expected, Call(Hypercall.GrantTableOp, (ulong)command, List, 1));
        return Load<T>();
    }

    protected static T Load<T>()
        where T : unmanaged, IAbiData
    {
        Assert.True(GuestHandle<T>.From(List).Try(out GuestHandle<T> place, out _));
        Assert.True(GuestMemory.Read(place).Try(out T done, out _));
        return done;
    }

    protected static void Poke<T>(ulong address, T value)
        where T : unmanaged, IAbiData
    {
        Assert.True(GuestHandle<T>.From(address).Try(out GuestHandle<T> place, out _));
        Assert.True(GuestMemory.Write(place, value).Try(out _));
    }

    protected static ulong Peek(ulong address)
    {
        Span<byte> bytes = stackalloc byte[8];
        Assert.True(GuestMemory.ReadBytes(new GuestLinear(address), bytes).Try(out _));
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    protected static void Build(DomainId id) => Assert.True(DomainBuilder.Build(id, KernelFile.Make(), "memory=8M"u8).Try(out _));

    protected static void Destroy(DomainId id)
    {
        ref Domain domain = ref DomainList.Find(id);
        if (!Refs.IsNull(ref domain))
        {
            DomainControl.Stop(ref domain, ShutdownReason.PowerOff);
        }
    }
}
