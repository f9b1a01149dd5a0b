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
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVcpuAffinity, 1, hard with { Flags = 2, Soft = List, SoftBits = 0 }));
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
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SchedulerOp, 1, new DomctlScheduler { Scheduler = 5, Command = 1 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SchedulerOp, 1, new DomctlScheduler { Scheduler = 6, Command = 2 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetAddressSize, 1, default(DomctlAddressSize)));
        Assert.Equal(64U, DomctlResult<DomctlAddressSize>().Bits);
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetAddressSize, 1, new DomctlAddressSize { Bits = 32 }));
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
    public void Zeros_answer_as_on_Xen(DomctlCommand command, Errno error) => Refused(error, _tools.Domctl(command, 1, default(DomainInfo)));
}
