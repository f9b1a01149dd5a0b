using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Xunit;
using static Sharpen.Simulation.Hypercalls.ToolCalls;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>sysctl, as Debian's tools call it, and with arguments that no tool makes.</summary>
public sealed class SysctlTests : IDisposable
{
    private const ulong Bad = CallerWorld.Forbidden;
    private readonly ToolCalls _tools = new();

    public void Dispose() => _tools.Dispose();

    [Fact]
    public void Only_a_privileged_domain_that_knows_the_version_may()
    {
        Refused(Errno.Acces, _tools.Sysctl(SysctlCommand.HostInfo, default(SysctlHostInfo), 0x14));
        _tools.World.Domain.IsPrivileged = false;
        foreach (SysctlCommand command in Enum.GetValues<SysctlCommand>())
        {
            Refused(Errno.Perm, _tools.Sysctl(command, default(SysctlHostInfo)));
        }

        Refused(Errno.Fault, _tools.World.Call(Hypercall.Sysctl, Bad));
    }

    [Fact]
    public void The_host_is_described()
    {
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.HostInfo, default(SysctlHostInfo)));
        SysctlHostInfo info = Result<SysctlHostInfo>();
        Assert.Equal((1U, 0U, 1U), (info.Cpus, info.HighestCpu, info.Nodes));
        Assert.InRange(info.FreeFrames, 1UL, info.TotalFrames);
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.SchedulerId, default(SysctlSchedulerId)));
        Assert.Equal(6U, Result<SysctlSchedulerId>().Scheduler);
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.AvailableMemory, new SysctlMemory { Node = -1 }));
        Assert.Equal(info.FreeFrames * 4096, Result<SysctlMemory>().Bytes);
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.AvailableMemory, new SysctlMemory { Node = 1 }));
        Assert.Equal(0UL, Result<SysctlMemory>().Bytes);
    }

    [Fact]
    public void The_console_is_read_from_its_beginning_or_on_and_cleared()
    {
        HostConsole.Clear();
        Log.Info($"0123456789");
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.ReadConsole, new SysctlConsole { Buffer = List, Count = 10 }));
        SysctlConsole read = Result<SysctlConsole>();
        Assert.Equal(10U, read.Count);
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.ReadConsole, read with { Incremental = 1, Count = 100, Clear = 1 }));
        Assert.Equal(7U, Result<SysctlConsole>().Count);
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.ReadConsole, new SysctlConsole { Buffer = List, Count = 100 }));
        Assert.Equal(0U, Result<SysctlConsole>().Count);
        Log.Info($"x");
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.ReadConsole, new SysctlConsole { Buffer = Bad, Count = uint.MaxValue }));
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.ReadConsole, new SysctlConsole { Buffer = ulong.MaxValue, Count = 100 }));
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.ReadConsole, new SysctlConsole { Incremental = 1, Index = 0x7000_0000, Buffer = List, Count = 100 }));
        Assert.Equal(8U, Result<SysctlConsole>().Count);
    }

    [Fact]
    public void Domains_are_listed_by_number()
    {
        Assert.True(DomainList.Create(new DomainId(7)).Try(out _));
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.ListDomains, new SysctlDomainList { Most = 10, Buffer = List }));
        Assert.Equal(2U, Result<SysctlDomainList>().Count);
        DomainInfo first = CallerWorld.Load<DomainInfo>(List);
        Assert.Equal((1, 1U, 2U), (first.Domain, first.OnlineVcpus, first.HighestVcpu));
        Assert.Equal(0xffff_0020U, first.Flags);
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.ListDomains, new SysctlDomainList { First = 2, Most = 1, Buffer = List }));
        DomainInfo second = CallerWorld.Load<DomainInfo>(List);
        Assert.Equal((7, uint.MaxValue), (second.Domain, second.HighestVcpu));
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.ListDomains, new SysctlDomainList { First = 8, Most = uint.MaxValue, Buffer = Bad }));
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.ListDomains, new SysctlDomainList { Most = 1, Buffer = Bad }));
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.ListDomains, new SysctlDomainList { Most = 1, Buffer = ulong.MaxValue - 8 }));
    }

    [Fact]
    public void Cpus_are_counted_and_placed()
    {
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.CpuTopology, default(SysctlTopology)));
        Assert.Equal(1U, Result<SysctlTopology>().Count);
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.CpuTopology, new SysctlTopology { Count = uint.MaxValue, Buffer = List }));
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.CpuTopology, new SysctlTopology { Count = 1, Buffer = Bad }));
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.GetCpuInfo, new SysctlCpuList { Most = 16, Buffer = List }));
        Assert.Equal(1U, Result<SysctlCpuList>().Count);
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.GetCpuInfo, new SysctlCpuList { Most = 16, Buffer = Bad }));
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.NumaInfo, default(SysctlNuma)));
        Assert.Equal(1U, Result<SysctlNuma>().Count);
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.NumaInfo, new SysctlNuma { Count = 64, Memory = List, Distances = List + 64 }));
        Assert.Equal(10U, CallerWorld.Load<GuestHalfWord>(List + 64).Value);
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.NumaInfo, new SysctlNuma { Count = 64, Memory = List, Distances = Bad }));
    }

    [Fact]
    public void The_pool_is_there_and_stays()
    {
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.CpuPool, new SysctlPool { Operation = 3, Cpus = List, CpuBits = 64 }));
        Assert.Equal((6U, 1U), (Result<SysctlPool>().Scheduler, Result<SysctlPool>().Domains));
        Assert.Equal(1UL, CallerWorld.Load<GuestWord>(List).Value);
        Refused(Errno.NoEnt, _tools.Sysctl(SysctlCommand.CpuPool, new SysctlPool { Operation = 3, Pool = 1 }));
        Refused(Errno.Busy, _tools.Sysctl(SysctlCommand.CpuPool, new SysctlPool { Operation = 2 }));
        Refused(Errno.NoDev, _tools.Sysctl(SysctlCommand.CpuPool, new SysctlPool { Operation = 4, Cpu = uint.MaxValue }));
        Refused(Errno.Inval, _tools.Sysctl(SysctlCommand.CpuPool, new SysctlPool { Operation = 5, Cpu = uint.MaxValue }));
        Refused(Errno.Srch, _tools.Sysctl(SysctlCommand.CpuPool, new SysctlPool { Operation = 6, Domain = 0x1_0001 }));
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.CpuPool, new SysctlPool { Operation = 7, Cpus = Bad, CpuBits = uint.MaxValue }));
        Refused(Errno.NoSys, _tools.Sysctl(SysctlCommand.CpuPool, new SysctlPool { Operation = 8 }));
    }

    [Fact]
    public void The_scheduler_is_told_about()
    {
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.Scheduler, new SysctlSchedulerParameters { Scheduler = 6, Command = 1 }));
        Assert.Equal(1000U, Result<SysctlSchedulerParameters>().RateLimit);
        Refused(Errno.Srch, _tools.Sysctl(SysctlCommand.Scheduler, new SysctlSchedulerParameters { Pool = 7, Scheduler = 6, Command = 1 }));
        Refused(Errno.Inval, _tools.Sysctl(SysctlCommand.Scheduler, new SysctlSchedulerParameters { Scheduler = 5, Command = 1 }));
        Refused(Errno.Inval, _tools.Sysctl(SysctlCommand.Scheduler, new SysctlSchedulerParameters { Scheduler = 6, Command = 0, RateLimit = 99 }));
    }

    [Fact]
    public void Keys_are_pressed()
    {
        CallerWorld.Store(List, (ulong)'h');
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.PressKeys, new SysctlKeys { Keys = List, Count = 2 }));
        Assert.Contains("'h' pressed", _tools.World.SerialText, StringComparison.Ordinal);
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.PressKeys, new SysctlKeys { Keys = Bad, Count = uint.MaxValue }));
    }

    [Fact]
    public void Features_are_words()
    {
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.GetFeatureset, default(SysctlFeatureset)));
        Assert.Equal(19U, Result<SysctlFeatureset>().Count);
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.GetFeatureset, new SysctlFeatureset { Set = 2, Count = 32, Buffer = List }));
        Refused(Errno.NoBufs, _tools.Sysctl(SysctlCommand.GetFeatureset, new SysctlFeatureset { Set = 1, Count = 4, Buffer = List }));
        Refused(Errno.Inval, _tools.Sysctl(SysctlCommand.GetFeatureset, new SysctlFeatureset { Set = 6 }));
        Refused(Errno.OpNotSupp, _tools.Sysctl(SysctlCommand.GetFeatureset, new SysctlFeatureset { Set = 3 }));
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.GetFeatureset, new SysctlFeatureset { Set = 1, Count = 32, Buffer = Bad }));
    }

    [Theory]
    [InlineData(SysctlCommand.PerformanceCounters, Errno.NoSys)]
    [InlineData(SysctlCommand.LockProfile, Errno.NoSys)]
    [InlineData(SysctlCommand.Coverage, Errno.OpNotSupp)]
    [InlineData(SysctlCommand.CacheMonitoring, Errno.NoDev)]
    [InlineData(SysctlCommand.CacheAllocation, Errno.NoDev)]
    [InlineData(SysctlCommand.GetPowerStatistics, Errno.NoDev)]
    [InlineData(SysctlCommand.Power, Errno.NoSys)]
    [InlineData(SysctlCommand.PciTopology, Errno.Inval)]
    [InlineData(SysctlCommand.PlugCpu, Errno.Exist)]
    [InlineData((SysctlCommand)13, Errno.NoSys)]
    [InlineData((SysctlCommand)100, Errno.NoSys)]
    public void Zeros_answer_as_on_Xen(SysctlCommand command, Errno error) => Refused(error, _tools.Sysctl(command, default(SysctlHostInfo)));

    [Fact]
    public void Policies_are_lists()
    {
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.GetCpuPolicy, default(SysctlCpuPolicy)));
        Assert.Equal((120U, 2U), (Result<SysctlCpuPolicy>().LeafCount, Result<SysctlCpuPolicy>().RegisterCount));
        SysctlCpuPolicy room = new() { Policy = 4, LeafCount = 100, RegisterCount = 2, Leaves = List, Registers = List + 0xc00 };
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.GetCpuPolicy, room));
        Assert.InRange(Result<SysctlCpuPolicy>().LeafCount, 4U, 100U);
        Assert.Equal(0x10aU, CallerWorld.Load<RegisterEntry>(List + 0xc10).Number);
        Refused(Errno.NoBufs, _tools.Sysctl(SysctlCommand.GetCpuPolicy, room with { LeafCount = 2 }));
        Refused(Errno.NoBufs, _tools.Sysctl(SysctlCommand.GetCpuPolicy, room with { RegisterCount = 1 }));
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.GetCpuPolicy, room with { Leaves = Bad, LeafCount = uint.MaxValue }));
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.GetCpuPolicy, room with { Registers = ulong.MaxValue - 20 }));
        Refused(Errno.OpNotSupp, _tools.Sysctl(SysctlCommand.GetCpuPolicy, room with { Policy = 5 }));
        Refused(Errno.Inval, _tools.Sysctl(SysctlCommand.GetCpuPolicy, room with { Policy = 6 }));
        Refused(Errno.Inval, _tools.Sysctl(SysctlCommand.GetCpuPolicy, room with { Reserved = 1 }));
    }

    [Fact]
    public void Idling_is_told()
    {
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.GetPowerStatistics, new SysctlPowerStatistics { Type = 0x21 }));
        Assert.Equal(2U, Result<SysctlPowerStatistics>().StateCount);
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.GetPowerStatistics, new SysctlPowerStatistics { Type = 0x22, StateCount = 8, Triggers = List, Residencies = List + 64 }));
        Refused(Errno.Fault, _tools.Sysctl(SysctlCommand.GetPowerStatistics, new SysctlPowerStatistics { Type = 0x22, StateCount = 8, Triggers = Bad }));
        Refused(Errno.Inval, _tools.Sysctl(SysctlCommand.GetPowerStatistics, new SysctlPowerStatistics { Type = 0x22, Cpu = uint.MaxValue }));
    }

    [Fact]
    public void Machine_checks_are_none()
    {
        Assert.Equal(0, _tools.Mca(McaCommand.GetCpuInfo, default(McaCpus)));
        Assert.Equal(1U, Result<McaCpus>().Count);
        Assert.Equal(0, _tools.Mca(McaCommand.GetCpuInfo, new McaCpus { Count = 8, Buffer = List }));
        Refused(Errno.Fault, _tools.Mca(McaCommand.GetCpuInfo, new McaCpus { Count = 8, Buffer = Bad }));
        Refused(Errno.Inval, _tools.Mca(McaCommand.Fetch, default(McaFetch)));
        Assert.Equal(0, _tools.Mca(McaCommand.Fetch, new McaFetch { Flags = 1, Buffer = List }));
        Assert.Equal(2U, Result<McaFetch>().Flags);
        Assert.Equal(0, _tools.Mca(McaCommand.Fetch, new McaFetch { Flags = 5 }));
        Refused(Errno.Inval, _tools.Mca(McaCommand.NotifyDomain, default(McaFetch)));
        Refused(Errno.Acces, _tools.Mca(McaCommand.Fetch, default(McaFetch), 1));
    }
}
