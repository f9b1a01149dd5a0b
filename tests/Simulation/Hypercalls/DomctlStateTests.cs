using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Xunit;
using static Sharpen.Simulation.Hypercalls.ToolCalls;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>What a toolstack reads and sets of a vCPU beyond its context, by what Debian's Xen 4.17 answers.</summary>
public sealed class DomctlStateTests : IDisposable
{
    private const ulong Bad = CallerWorld.Forbidden;
    private const ulong Area = CallerWorld.Scratch + 0x1000;
    private readonly ToolCalls _tools = new();
    private readonly ushort _id;

    public DomctlStateTests() => _id = ToolGuests.Create(_tools);

    public void Dispose() => _tools.Dispose();

    [Fact]
    public void The_extended_context_is_told_as_it_was_set()
    {
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetExtVcpucontext, _id, new DomctlExtendedContext { Vcpu = 1, Size = 5 }));
        Assert.Equal((64U, 2UL, 0UL), (Told.Size, Told.CheckCapabilities, Told.SyscallEntry));
        DomctlExtendedContext wanted = new() { Vcpu = 1, Size = 64, SyscallEntry = 0x1000, SysenterEntry = 0x2000, SyscallSelector = 0xe033, SyscallMasksEvents = 3, CheckCapabilities = 0x102, CheckControl1 = 7 };
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetExtVcpucontext, _id, wanted));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetExtVcpucontext, _id, new DomctlExtendedContext { Vcpu = 1 }));
        Assert.Equal((0x1000UL, 0x2000UL, 0x102UL, 7UL), (Told.SyscallEntry, Told.SysenterEntry, Told.CheckCapabilities, Told.CheckControl1));
        Assert.Equal((0xe033, 3, 1, 0), (Told.SyscallSelector, Told.SysenterSelector, Told.SyscallMasksEvents, Told.SysenterMasksEvents));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetExtVcpucontext, _id, wanted with { Size = 32, CheckCapabilities = ulong.MaxValue }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetExtVcpucontext, _id, wanted with { Size = 31 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetExtVcpucontext, _id, wanted with { CheckCapabilities = 0x1000002 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetExtVcpucontext, _id, wanted with { SyscallEntry = 1UL << 63 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetExtVcpucontext, _id, wanted with { SysenterEntry = Bad }));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.SetExtVcpucontext, _id, wanted with { Vcpu = 2 }));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.SetExtVcpucontext, 1, wanted));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.GetExtVcpucontext, _id, new DomctlExtendedContext { Vcpu = uint.MaxValue }));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.GetExtVcpucontext, 1, default(DomctlExtendedContext)));
    }

    [Fact]
    public void The_vector_state_comes_back_as_it_was_told()
    {
        DomctlExtendedState ask = default;
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetVcpuExtendedState, _id, ask));
        Assert.Equal((7UL, 0x350UL), (DomctlResult<DomctlExtendedState>().Features, DomctlResult<DomctlExtendedState>().Size));
        ToolGuests.Begin(_tools, _id);
        DomctlExtendedState all = new() { Features = 7, Size = 0x350, Buffer = Area };
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetVcpuExtendedState, _id, all));
        Assert.Equal(0x250UL, DomctlResult<DomctlExtendedState>().Size);
        Assert.Equal((1UL, 1UL), (CallerWorld.Load<GuestWord>(Area).Value, CallerWorld.Load<GuestWord>(Area + 8).Value));
        CallerWorld.Store(Area, 3UL);
        CallerWorld.Store(Area + 8, 7UL);
        CallerWorld.Store(Area + 0x100, 0x1234UL);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetVcpuExtendedState, _id, all));
        CallerWorld.Store(Area + 0x100, 0UL);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetVcpuExtendedState, _id, all));
        Assert.Equal((3UL, 7UL, 0x1234UL), (CallerWorld.Load<GuestWord>(Area).Value, CallerWorld.Load<GuestWord>(Area + 8).Value, CallerWorld.Load<GuestWord>(Area + 0x100).Value));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.GetVcpuExtendedState, _id, all with { Size = 0x34f }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.GetVcpuExtendedState, _id, all with { Features = 3 }));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.GetVcpuExtendedState, _id, all with { Buffer = Bad }));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.SetVcpuExtendedState, _id, all with { Buffer = Bad }));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.GetVcpuExtendedState, _id, all with { Vcpu = 2 }));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.SetVcpuExtendedState, _id, all with { Vcpu = uint.MaxValue }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVcpuExtendedState, 1, all));
    }

    [Fact]
    public void No_vector_state_is_taken_that_the_CPU_would_refuse()
    {
        ToolGuests.Begin(_tools, _id);
        DomctlExtendedState all = new() { Features = 7, Size = 0x250, Buffer = Area };
        foreach ((ulong current, ulong ever, ulong parts, ulong form, ulong size) in new (ulong, ulong, ulong, ulong, ulong)[]
        {
            (2, 3, 0, 0, 0x250), (3, 1, 0, 0, 0x250), (9, 9, 0, 0, 0x250), (3, ulong.MaxValue, 0, 0, 0x250), (3, 3, 4, 0, 0x250), (3, 3, 0, 1UL << 63, 0x250),
            (3, 3, 0, 0, 0x251), (3, 7, 0, 0, 0x250), (3, 3, 0, 0, 16), (0, 0, 0, 0, 0x250), (1, 0, 0, 0, 16), (3, 3, 0, 0, 15), (3, 3, 0, 0, 0), (3, 3, 0, 0, ulong.MaxValue),
        })
        {
            CallerWorld.Store(Area, current);
            CallerWorld.Store(Area + 8, ever);
            CallerWorld.Store(Area + 16 + 512, parts);
            CallerWorld.Store(Area + 16 + 520, form);
            Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVcpuExtendedState, _id, all with { Size = size }));
        }

        CallerWorld.Store(Area, 0UL);
        CallerWorld.Store(Area + 8, 0UL);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetVcpuExtendedState, _id, all with { Size = 16 }));
    }

    [Fact]
    public void Registers_of_a_vCPU_are_told_unless_they_are_zero()
    {
        DomctlRegisters ask = new() { Count = 3, Registers = Area };
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetVcpuMsrs, _id, default(DomctlRegisters)));
        Assert.Equal(7U, DomctlResult<DomctlRegisters>().Count);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetVcpuMsrs, _id, ask));
        Assert.Equal(0U, DomctlResult<DomctlRegisters>().Count);
        CallerWorld.Store(Area, new DomctlRegister { Number = 0xc0000103, Value = 9 });
        CallerWorld.Store(Area + 16, new DomctlRegister { Number = 0x140 });
        CallerWorld.Store(Area + 32, new DomctlRegister { Number = 0x10 });
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVcpuMsrs, _id, ask));
        Assert.Equal(2U, DomctlResult<DomctlRegisters>().Count);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetVcpuMsrs, _id, ask with { Registers = Area + 64 }));
        Assert.Equal((1U, 9UL), (DomctlResult<DomctlRegisters>().Count, CallerWorld.Load<DomctlRegister>(Area + 64).Value));
        Refused(Errno.NoBufs, _tools.Domctl(DomctlCommand.GetVcpuMsrs, _id, ask with { Count = 0 }));
        Assert.Equal(1U, DomctlResult<DomctlRegisters>().Count);
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.GetVcpuMsrs, _id, ask with { Registers = Bad }));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.SetVcpuMsrs, _id, ask with { Registers = Bad }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVcpuMsrs, _id, ask with { Count = 8 }));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.SetVcpuMsrs, _id, ask with { Vcpu = 2 }));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.GetVcpuMsrs, _id, ask with { Vcpu = uint.MaxValue }));
        foreach (DomctlRegister bad in new DomctlRegister[]
        {
            new() { Number = 0xc0000103, Value = 1UL << 32 }, new() { Number = 0x140, Value = 1 }, new() { Number = 0xc0000103, Reserved = 1 }, new() { Number = uint.MaxValue },
        })
        {
            CallerWorld.Store(Area, bad);
            Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVcpuMsrs, _id, ask with { Count = 1 }));
        }
    }

    [Fact]
    public void A_debugger_reads_and_writes_by_the_guests_addresses()
    {
        _tools.World.Domain.IsPrivileged = true;
        DomctlDebugMemory access = new() { Address = CallerWorld.Scratch + 0x1ffe, Buffer = List, Length = 4 };
        CallerWorld.Store(access.Address & ~7UL, 0x1122334455667788UL);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GdbsxGuestmemio, 1, access with { Length = 2 }));
        Assert.Equal(0x1122UL, CallerWorld.Load<GuestWord>(List).Value & 0xffff);
        CallerWorld.Store(List, 0xabcdUL);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GdbsxGuestmemio, 1, access with { Length = 2, IsWrite = 1 }));
        Assert.Equal(0xabcdUL, CallerWorld.Load<GuestWord>(access.Address & ~7UL).Value >> 48);
        foreach (ulong nowhere in (ulong[])[0, Bad, ulong.MaxValue, 1UL << 63])
        {
            Refused(Errno.Fault, _tools.Domctl(DomctlCommand.GdbsxGuestmemio, 1, access with { Address = nowhere }));
            Assert.Equal(4U, DomctlResult<DomctlDebugMemory>().Remaining);
        }

        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.GdbsxGuestmemio, 1, access with { Buffer = Bad }));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.GdbsxGuestmemio, 1, access with { Length = uint.MaxValue }));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.GdbsxGuestmemio, _id, access));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GdbsxGuestmemio, _id, access with { Length = 0 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GdbsxDomstatus, _id, default(DomctlDebugStatus)));
        Assert.Equal((1, uint.MaxValue), (DomctlResult<DomctlDebugStatus>().IsPaused, DomctlResult<DomctlDebugStatus>().Vcpu));
    }

    [Fact]
    public void Device_models_and_their_memory_are_for_others()
    {
        DomctlMemoryMapping frames = new() { GuestFrame = 1, First = 0xfebf0, Count = 2, Add = 1 };
        Refused(Errno.Perm, _tools.Domctl(DomctlCommand.MemoryMapping, _id, frames));
        Assert.True(IoPermissions.GiveHardware(ref _tools.World.Domain).Try(out _));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.MemoryMapping, _id, frames));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.MemoryMapping, _id, frames with { Count = ulong.MaxValue }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.MemoryMapping, _id, frames with { First = ulong.MaxValue }));
        Refused(Errno.OpNotSupp, _tools.Domctl(DomctlCommand.SetTarget, _id, new DomctlTarget { Target = 1 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetTarget, _id, new DomctlTarget { Target = _id }));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.SetTarget, _id, new DomctlTarget { Target = 0x7ff0 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetAccessRequired, _id, default(GuestWord)));
        Refused(Errno.OpNotSupp, _tools.Domctl(DomctlCommand.MonitorOp, _id, default(GuestWord)));
    }

    private static DomctlExtendedContext Told => DomctlResult<DomctlExtendedContext>();
}
