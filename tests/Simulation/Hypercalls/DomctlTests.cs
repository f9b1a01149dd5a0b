using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Xunit;
using static Sharpen.Simulation.Hypercalls.ToolCalls;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>domctl, as Debian's tools call it to look, and with arguments that no tool makes.</summary>
public sealed class DomctlTests : IDisposable
{
    private const ulong Bad = CallerWorld.Forbidden;
    private readonly ToolCalls _tools = new();

    public void Dispose() => _tools.Dispose();

    [Fact]
    public void Only_a_privileged_domain_that_knows_the_version_may()
    {
        Refused(Errno.Acces, _tools.Domctl(DomctlCommand.GetDomainInfo, 1, default(DomainInfo), 0x14));
        _tools.World.Domain.IsPrivileged = false;
        foreach (DomctlCommand command in Enum.GetValues<DomctlCommand>())
        {
            Refused(Errno.Perm, _tools.Domctl(command, 1, default(DomainInfo)));
        }

        Refused(Errno.Fault, _tools.World.Call(Hypercall.Domctl, Bad));
    }

    [Theory]
    [InlineData((ushort)99)]
    [InlineData((ushort)0x7ff0)]
    [InlineData(ushort.MaxValue)]
    public void A_domain_that_is_not_there_is_ESRCH_whatever_is_asked(ushort domain)
    {
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.GetDomainInfo, domain, default(DomainInfo)));
        Refused(Errno.Srch, _tools.Domctl((DomctlCommand)200, domain, default(DomainInfo)));
        Refused(Errno.NoSys, _tools.Domctl((DomctlCommand)200, 1, default(DomainInfo)));
    }

    [Fact]
    public void A_domain_and_its_vCPUs_are_described()
    {
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetDomainInfo, 1, default(DomainInfo)));
        Assert.Equal(_tools.World.Domain.Memory.Count, DomctlResult<DomainInfo>().Frames);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetVcpuInfo, 1, default(DomctlVcpu)));
        Assert.Equal((1, 0, 1), (DomctlResult<DomctlVcpu>().IsOnline, DomctlResult<DomctlVcpu>().IsBlocked, DomctlResult<DomctlVcpu>().IsRunning));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetVcpuInfo, 1, new DomctlVcpu { Vcpu = 1 }));
        Assert.Equal(0, DomctlResult<DomctlVcpu>().IsOnline);
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.GetVcpuInfo, 1, new DomctlVcpu { Vcpu = 3 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.GetVcpuInfo, 1, new DomctlVcpu { Vcpu = uint.MaxValue }));
    }

    [Fact]
    public void Devices_are_given_by_who_has_them()
    {
        ref Domain domain = ref _tools.World.Domain;
        DomctlPortPermission ports = new() { First = 0x300, Count = 2, Allow = 1 };
        DomctlFramePermission frames = new() { First = 0xfebf0, Count = 16, Allow = 1 };
        Refused(Errno.Perm, _tools.Domctl(DomctlCommand.IoportPermission, 1, ports));
        Refused(Errno.Perm, _tools.Domctl(DomctlCommand.IomemPermission, 1, frames));
        Refused(Errno.Perm, _tools.Domctl(DomctlCommand.IrqPermission, 1, new DomctlIrqPermission { Pirq = 5, Allow = 1 }));
        Assert.True(IoPermissions.GiveHardware(ref domain).Try(out _));
        foreach ((uint first, uint count, Errno error) in new (uint, uint, Errno)[]
        {
            (0x300u, 2u, Errno.None), (0xffff, 1, 0), (0, 0, Errno.Inval), (0xffff, 2, Errno.Inval), (0x10000, 1, Errno.Inval), (1, uint.MaxValue, Errno.Inval),
            (uint.MaxValue, 1, Errno.Inval), (0, 0x10000, Errno.Perm), (0x40, 4, Errno.Perm), (0xcf8, 8, Errno.Perm),
        })
        {
            Refused(error, _tools.Domctl(DomctlCommand.IoportPermission, 1, new DomctlPortPermission { First = first, Count = count, Allow = 1 }));
        }

        foreach ((ulong first, ulong count, Errno error) in new (ulong, ulong, Errno)[]
        {
            (0xfebf0UL, 16UL, Errno.None), (0, 1, 0), (1, 0, Errno.Inval), (0, 0, Errno.Perm), (ulong.MaxValue, 2, Errno.Inval), (ulong.MaxValue, 1, Errno.Perm),
            (1, ulong.MaxValue, Errno.Perm), (0xfee00, 1, Errno.Perm), (0xfeeff, 1, Errno.Perm), (0xfef00, 1, 0), (1UL << 40, 1, Errno.Perm),
        })
        {
            Refused(error, _tools.Domctl(DomctlCommand.IomemPermission, 1, new DomctlFramePermission { First = first, Count = count, Allow = 1 }));
        }

        foreach ((uint pirq, Errno error) in new (uint, Errno)[] { (5u, Errno.None), (0, Errno.Perm), (16, Errno.Perm), (uint.MaxValue, Errno.Inval), ((uint)DomainPirqs.Limit, Errno.Inval) })
        {
            Refused(error, _tools.Domctl(DomctlCommand.IrqPermission, 1, new DomctlIrqPermission { Pirq = pirq, Allow = 1 }));
        }

        Assert.Equal(0, _tools.Domctl(DomctlCommand.IoportPermission, 1, ports with { Allow = 0 }));
        Refused(Errno.Perm, _tools.Domctl(DomctlCommand.IoportPermission, 1, ports));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.IomemPermission, 1, frames with { Allow = 0 }));
        Refused(Errno.Perm, _tools.Domctl(DomctlCommand.IomemPermission, 1, frames));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.IrqPermission, 1, new DomctlIrqPermission { Pirq = 5 }));
        Assert.False(IoPermissions.MayUseIrq(ref domain, 5));
    }

    [Fact]
    public void Affinity_is_told_and_set()
    {
        DomctlAffinity hard = new() { Flags = 1, Hard = List, HardBits = 80, Soft = List + 64, SoftBits = 3 };
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetVcpuAffinity, 1, hard with { Flags = 3 }));
        Assert.Equal((1UL, 1UL), (CallerWorld.Load<GuestWord>(List).Value, CallerWorld.Load<GuestWord>(List + 64).Value));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.GetVcpuAffinity, 1, hard with { Flags = 0 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.GetVcpuAffinity, 1, hard with { Vcpu = 99 }));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.GetVcpuAffinity, 1, hard with { Hard = Bad, HardBits = uint.MaxValue }));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.GetVcpuAffinity, 1, hard with { Hard = ulong.MaxValue }));
        CallerWorld.Store(List, 0xff01UL);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetVcpuAffinity, 1, hard));
        Assert.Equal(1UL, CallerWorld.Load<GuestWord>(List).Value);
        CallerWorld.Store(List, 4UL);
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVcpuAffinity, 1, hard));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.SetVcpuAffinity, 1, hard with { Hard = Bad }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVcpuAffinity, 1, hard with { Flags = 0 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetVcpuAffinity, 1, hard with { Flags = 8 }));
    }

    [Fact]
    public void A_vCPU_may_like_any_CPUs_even_none()
    {
        DomctlAffinity soft = new() { Flags = 2, Hard = List, HardBits = 64, Soft = List + 64, SoftBits = 64 };
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref _tools.World.Domain, 0);
        foreach ((ulong wanted, ulong told) in new (ulong, ulong)[] { (0xff, 1), (0xfe, 0), (1, 1), (0, 0) })
        {
            CallerWorld.Store(List + 64, wanted);
            Assert.Equal(0, _tools.Domctl(DomctlCommand.SetVcpuAffinity, 1, soft));
            Assert.Equal(told, CallerWorld.Load<GuestWord>(List + 64).Value);
            Assert.Equal((ushort)(wanted & ushort.MaxValue), vcpu.Unit.Liked.Sixteen(0));
            Assert.Equal(0, _tools.Domctl(DomctlCommand.GetVcpuAffinity, 1, soft with { Flags = 3 }));
            Assert.Equal((1UL, told), (CallerWorld.Load<GuestWord>(List).Value, CallerWorld.Load<GuestWord>(List + 64).Value));
        }

        CallerWorld.Store(List + 64, 1UL);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetVcpuAffinity, 1, soft with { SoftBits = 0 }));
        Assert.Equal(0, vcpu.Unit.Liked.Sixteen(0));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.SetVcpuAffinity, 1, soft with { Soft = Bad }));
    }

    [Fact]
    public void Nodes_weights_and_sizes_are_told()
    {
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetNodeAffinity, 1, new DomctlNodes { Nodes = List, NodeBits = 64 }));
        Assert.Equal(1UL, CallerWorld.Load<GuestWord>(List).Value);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetNodeAffinity, 1, new DomctlNodes { Nodes = List, NodeBits = 64 }));
        CallerWorld.Store(List, 2UL);
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetNodeAffinity, 1, new DomctlNodes { Nodes = List, NodeBits = 64 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SchedulerOp, 1, new DomctlScheduler { Scheduler = 6, Weight = 512 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SchedulerOp, 1, new DomctlScheduler { Scheduler = 6, Weight = 0 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SchedulerOp, 1, new DomctlScheduler { Scheduler = 6, Command = 1 }));
        Assert.Equal(512, DomctlResult<DomctlScheduler>().Weight);
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SchedulerOp, 1, new DomctlScheduler { Scheduler = 6, Weight = 300, Cap = 301 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SchedulerOp, 1, new DomctlScheduler { Scheduler = 6, Cap = 300 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SchedulerOp, 1, new DomctlScheduler { Scheduler = 6, Command = 1 }));
        Assert.Equal((300, 300), (DomctlResult<DomctlScheduler>().Weight, DomctlResult<DomctlScheduler>().Cap));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SchedulerOp, 1, new DomctlScheduler { Scheduler = 5, Command = 1 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SchedulerOp, 1, new DomctlScheduler { Scheduler = 6, Command = 2 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetAddressSize, 1, default(DomctlAddressSize)));
        Assert.Equal(64U, DomctlResult<DomctlAddressSize>().Bits);
        Refused(Errno.OpNotSupp, _tools.Domctl(DomctlCommand.SetAddressSize, 1, new DomctlAddressSize { Bits = 32 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetAddressSize, 1, new DomctlAddressSize { Bits = 16 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.GetTscInfo, 1, default(DomctlTsc)));
    }

    [Fact]
    public void Another_domain_is_paused_and_ended_but_not_the_callers_own()
    {
        Assert.True(DomainList.Create(new DomainId(7)).Try(out _));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.PauseDomain, 7, default(GuestWord)));
        Assert.Equal(2, DomainList.Find(new DomainId(7)).PauseCount);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.UnpauseDomain, 7, default(GuestWord)));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.UnpauseDomain, 7, default(GuestWord)));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.UnpauseDomain, 7, default(GuestWord)));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.PauseDomain, 1, default(GuestWord)));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.DestroyDomain, 1, default(GuestWord)));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.DestroyDomain, 7, default(GuestWord)));
    }

    [Theory]
    [InlineData(DomctlCommand.AssignDevice, Errno.OpNotSupp)]
    [InlineData(DomctlCommand.GetHvmContext, Errno.Inval)]
    [InlineData(DomctlCommand.PsrCmtOp, Errno.NoDev)]
    [InlineData(DomctlCommand.GetPagingMempoolSize, Errno.OpNotSupp)]
    [InlineData(DomctlCommand.CacheFlush, Errno.NoSys)]
    [InlineData(DomctlCommand.SetHvmContext, Errno.Inval)]
    [InlineData(DomctlCommand.MemoryMapping, Errno.Inval)]
    [InlineData(DomctlCommand.IoportMapping, Errno.OpNotSupp)]
    [InlineData(DomctlCommand.DebugOp, Errno.Inval)]
    [InlineData(DomctlCommand.SetBrokenPageP2m, Errno.Inval)]
    [InlineData(DomctlCommand.VmtraceOp, Errno.Inval)]
    [InlineData(DomctlCommand.PsrAlloc, Errno.NoDev)]
    [InlineData(DomctlCommand.MonitorOp, Errno.Perm)]
    [InlineData(DomctlCommand.SetAccessRequired, Errno.Perm)]
    [InlineData(DomctlCommand.MemSharingOp, Errno.NoSys)]
    [InlineData(DomctlCommand.AuditP2m, Errno.NoSys)]
    [InlineData(DomctlCommand.VuartOp, Errno.NoSys)]
    public void Zeros_answer_as_on_Xen(DomctlCommand command, Errno error) => Refused(error, _tools.Domctl(command, 1, default(DomainInfo)));
}
