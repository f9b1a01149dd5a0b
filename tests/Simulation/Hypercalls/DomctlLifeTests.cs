using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Xunit;
using static Sharpen.Simulation.Hypercalls.ToolCalls;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>Domains that a toolstack makes, fills, starts, stops and ends; and what no toolstack asks for.</summary>
public sealed class DomctlLifeTests : IDisposable
{
    private const ulong Bad = CallerWorld.Forbidden;
    private const uint Paused = 8;
    private readonly ToolCalls _tools = new();

    public void Dispose() => _tools.Dispose();

    private static DomctlCreation Plan => new() { MostVcpus = 2, HighestPort = 1023, GrantFrames = -1, MapFrames = -1, GrantOptions = 1 };

    [Fact]
    public void A_new_domain_gets_the_number_that_was_asked_for_or_the_next()
    {
        Assert.Equal(2, Create(0, Plan));
        Assert.Equal(3, Create(0, Plan));
        Assert.Equal(9, Create(9, Plan));
        Assert.Equal(4, Create(0x7ff0, Plan));
        Refused(Errno.Exist, _tools.Domctl(DomctlCommand.CreateDomain, 9, Plan));
        Refused(Errno.Exist, _tools.Domctl(DomctlCommand.CreateDomain, 1, Plan));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.DestroyDomain, 3, default(GuestWord)));
        Assert.Equal(5, Create(0, Plan));
    }

    [Fact]
    public void What_contradicts_itself_or_is_not_there_is_refused()
    {
        foreach (DomainCreationFlags flag in Enum.GetValues<DomainCreationFlags>())
        {
            if (flag is not (DomainCreationFlags.None or DomainCreationFlags.Store or DomainCreationFlags.InSync))
            {
                Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { Flags = flag }));
            }
        }

        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { Flags = (DomainCreationFlags)0x8000_0000 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { IommuOptions = 1 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { MostVcpus = 0 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { MostVcpus = 513 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { MostVcpus = uint.MaxValue }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { GrantFrames = 0 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { GrantFrames = int.MaxValue }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { MapFrames = int.MaxValue }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { GrantOptions = 3 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { GrantOptions = 0 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { TraceBytes = 4096 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { Miscellaneous = 2 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { Emulation = 0x800 }));
        Refused(Errno.OpNotSupp, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { Emulation = 1 }));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { Pool = 1 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.CreateDomain, 0, Plan with { GrantFrames = 65 }));
        Assert.Equal(2, Create(0, Plan with { MostVcpus = 512, HighestPort = uint.MaxValue, MapFrames = 0, GrantFrames = 1, Flags = DomainCreationFlags.Store }));
        Assert.Equal(3, Create(0, Plan with { GrantFrames = 64, MapFrames = 1024, Flags = DomainCreationFlags.InSync, Emulation = 0x100 }));
    }

    [Fact]
    public void The_vCPUs_of_a_domain_are_as_many_as_it_was_made_for()
    {
        ushort id = (ushort)Create(0, Plan with { MostVcpus = 100 });
        Assert.Equal(uint.MaxValue, Info(id).HighestVcpu);
        foreach (uint wrong in (uint[])[0, 1, 99, 101, uint.MaxValue])
        {
            Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetMaximumVcpus, id, new DomctlMaximumVcpus { Vcpus = wrong }));
        }

        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetMaximumVcpus, id, new DomctlMaximumVcpus { Vcpus = 100 }));
        Assert.NotEqual(0, _tools.World.Repeats);
        Assert.Equal((99U, 0U), (Info(id).HighestVcpu, Info(id).OnlineVcpus));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetMaximumVcpus, id, new DomctlMaximumVcpus { Vcpus = 100 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetMaximumVcpus, 1, new DomctlMaximumVcpus { Vcpus = 3 }));
    }

    [Fact]
    public void Memory_comes_within_the_limit_and_all_of_it_goes_back()
    {
        Live(1);
        ulong free = FreeFrames();
        for (int round = 0; round < 20; round++)
        {
            Live(1 + round);
        }

        Assert.Equal(free, FreeFrames());
    }

    [Fact]
    public void A_vCPU_begins_only_as_a_kernel_may()
    {
        ushort id = Filled(out Mfn root);
        VcpuGuestContext sound = Sound(root);
        Refused(Errno.Inval, SetContext(id, 2, sound));
        Refused(Errno.Inval, SetContext(1, 1, sound));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.SetVcpuContext, id, new DomctlVcpuContext { Context = Bad }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVcpuContext, id, default(DomctlVcpuContext)));
        Refused(Errno.Inval, SetContext(id, 0, sound with { Flags = 0 }));
        Refused(Errno.Inval, SetContext(id, 0, sound with { GdtEntries = ulong.MaxValue }));
        Refused(Errno.Inval, SetContext(id, 0, sound with { GdtEntries = 1 }));
        Refused(Errno.Inval, SetContext(id, 0, sound with { LdtEntries = 1, LdtBase = Bad }));
        Refused(Errno.Inval, SetContext(id, 0, sound with { EventCallback = Bad }));
        Refused(Errno.Inval, SetContext(id, 0, sound with { GsBaseKernel = 0x8000_0000_0000 }));
        Refused(Errno.Inval, SetContext(id, 0, Sound(root + 1)));
        Refused(Errno.Inval, SetContext(id, 0, Sound(new Mfn(ulong.MaxValue >> 12))));
        Refused(Errno.NoData, GetContext(id, 0, out _));
        Assert.Equal(0, SetContext(id, 0, sound));
        Assert.Equal((1U, Paused), (Info(id).OnlineVcpus, Info(id).Flags & Paused));
    }

    [Fact]
    public void The_state_of_a_vCPU_is_told_and_changed_while_it_stands()
    {
        ushort id = Filled(out Mfn root);
        VcpuGuestContext sound = Sound(root);
        Assert.Equal(0, SetContext(id, 0, sound));
        Assert.Equal(0, GetContext(id, 0, out VcpuGuestContext told));
        Assert.Equal((sound.Registers.Rip, sound.KernelSp, sound.EventCallback), (told.Registers.Rip, told.KernelSp, told.EventCallback));
        Assert.Equal(root.Start.Value, told.ControlRegisters[3]);
        Assert.True((told.Flags & (GuestContextFlags.InKernel | GuestContextFlags.Online)) == (GuestContextFlags.InKernel | GuestContextFlags.Online));
        told.Registers.Rax = 1;
        Assert.Equal(0, SetContext(id, 0, told));
        Assert.Equal(0, GetContext(id, 0, out VcpuGuestContext changed));
        Assert.Equal(1UL, changed.Registers.Rax);
        Refused(Errno.OpNotSupp, SetContext(id, 0, Sound(root + 1)));
        Refused(Errno.OpNotSupp, SetContext(id, 0, told with { LdtEntries = 8 }));
        Refused(Errno.OpNotSupp, SetContext(id, 0, told with { GdtEntries = ulong.MaxValue }));
        Refused(Errno.OpNotSupp, SetContext(id, 0, told with { Flags = 0 }));
        Refused(Errno.Inval, SetContext(id, 0, told with { SyscallCallback = Bad }));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.GetVcpuContext, id, new DomctlVcpuContext { Context = Bad }));
        Refused(Errno.Srch, GetContext(id, 7, out _));
        Refused(Errno.Inval, GetContext(1, 0, out _));
    }

    [Fact]
    public void Uses_of_frames_are_told()
    {
        ushort id = Filled(out Mfn root);
        CallerWorld.Store(List, (root.Value, root.Value + 1, ulong.MaxValue, _tools.World.FrameAt(List).Value));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetPageFrameInfo, id, new DomctlPageFrames { Count = 4, Frames = List }));
        ulong[] kinds = [0xc000_0000, 0, 0xf000_0000, 0xf000_0000];
        for (int index = 0; index < kinds.Length; index++)
        {
            Assert.Equal(kinds[index], CallerWorld.Load<GuestWord>(List + ((ulong)index * 8)).Value);
        }

        Refused(Errno.TooBig, _tools.Domctl(DomctlCommand.GetPageFrameInfo, id, new DomctlPageFrames { Count = 1025, Frames = List }));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.GetPageFrameInfo, id, new DomctlPageFrames { Count = 1, Frames = Bad }));
        Refused(Errno.Acces, _tools.Domctl(DomctlCommand.HypercallInit, id, new DomctlHypercallPage { Page = root.Value }));
        Refused(Errno.Acces, _tools.Domctl(DomctlCommand.HypercallInit, id, new DomctlHypercallPage { Page = ulong.MaxValue }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.HypercallInit, id, new DomctlHypercallPage { Page = root.Value + 1 }));
        Assert.Equal(0x51, DirectMap.BytesOf(root + 1)[0]);
    }

    [Fact]
    public void A_stopped_domain_stays_for_the_control_domain_and_may_go_on()
    {
        _tools.World.Domain.IsHardware = true;
        ushort id = Filled(out Mfn root);
        Assert.Equal(0, SetContext(id, 0, Sound(root)));
        SchedRemoteShutdown suspend = new() { Domain = id, Reason = ShutdownReason.Suspend };
        Assert.Equal(0, _tools.World.CallWith(Hypercall.SchedOp, (uint)SchedCommand.RemoteShutdown, suspend));
        Assert.Equal(0x2_0004U, Info(id).Flags & 0xff_0004);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.ResumeDomain, id, default(GuestWord)));
        Assert.Equal(0U, Info(id).Flags & 4);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.ResumeDomain, id, default(GuestWord)));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.ResumeDomain, 1, default(GuestWord)));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.DestroyDomain, id, default(GuestWord)));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.DestroyDomain, id, default(GuestWord)));
    }

    [Fact]
    public void What_is_only_kept_is_told_again()
    {
        ushort id = (ushort)Create(0, Plan with { SecurityId = 5 });
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetDebugging, id, new DomctlDebugging { Enable = 1 }));
        Assert.Equal((0x40U, 5U), (Info(id).Flags & 0x40, Info(id).SecurityId));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetDebugging, 1, default(DomctlDebugging)));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetTscInfo, id, new DomctlTsc { Mode = 2, Incarnation = 3 }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetTscInfo, id, default(DomctlTsc)));
        Assert.Equal((2U, 4U, 0UL), (DomctlResult<DomctlTsc>().Mode, DomctlResult<DomctlTsc>().Incarnation, DomctlResult<DomctlTsc>().Elapsed));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetTscInfo, id, new DomctlTsc { Mode = 1, Kilohertz = 500_000, Incarnation = uint.MaxValue, Elapsed = 3_000_001 }));
        _tools.World.Pass(2_000_000);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetTscInfo, id, default(DomctlTsc)));
        Assert.Equal((1U, 0U, 500_000U), (DomctlResult<DomctlTsc>().Mode, DomctlResult<DomctlTsc>().Incarnation, DomctlResult<DomctlTsc>().Kilohertz));
        Assert.Equal(5_000_001UL, DomctlResult<DomctlTsc>().Elapsed);
        Assert.Equal((true, 2_500_000UL), (DomainList.Find(new DomainId(id)).Tsc.IsEmulated, DomainList.Find(new DomainId(id)).Tsc.Ticks));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetTscInfo, id, new DomctlTsc { Mode = 1, Elapsed = ulong.MaxValue }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetTscInfo, id, default(DomctlTsc)));
        Assert.False(DomainList.Find(new DomainId(id)).Tsc.IsEmulated);
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetTscInfo, id, new DomctlTsc { Mode = uint.MaxValue }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetTimeOffset, id, new DomctlTimeOffset { Seconds = -3600 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetTimeOffset, id, new DomctlTimeOffset { Seconds = long.MinValue }));
        foreach (DomctlShadowCommand command in Enum.GetValues<DomctlShadowCommand>())
        {
            Errno error = command is DomctlShadowCommand.Clean or DomctlShadowCommand.Peek ? Errno.None : command == DomctlShadowCommand.EnableLog ? Errno.OpNotSupp : Errno.Inval;
            Refused(error, _tools.Domctl(DomctlCommand.ShadowOp, id, new DomctlShadow { Command = command, Pages = 8 }));
            Refused(error == Errno.None ? Errno.Inval : error, _tools.Domctl(DomctlCommand.ShadowOp, id, new DomctlShadow { Command = command, Mode = 2 }));
        }

        Refused(Errno.OpNotSupp, _tools.Domctl(DomctlCommand.ShadowOp, id, new DomctlShadow { Command = DomctlShadowCommand.Enable, Mode = 4 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.ShadowOp, 1, default(DomctlShadow)));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.SendTrigger, id, default(DomctlTrigger)));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SendTrigger, 1, default(DomctlTrigger)));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SendTrigger, 1, new DomctlTrigger { Trigger = DomctlTriggerKind.Power }));
        Refused(Errno.NoSys, _tools.Domctl(DomctlCommand.SendTrigger, 1, new DomctlTrigger { Trigger = (DomctlTriggerKind)99 }));
    }

    [Fact]
    public void A_policy_may_offer_less_but_not_more()
    {
        ushort id = (ushort)Create(0, Plan);
        CallerWorld.Store(List, new CpuidLeaf { Leaf = 1, Subleaf = uint.MaxValue });
        DomctlCpuPolicy policy = new() { LeafCount = 1, Leaves = List };
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetCpuPolicy, id, policy));
        CallerWorld.Store(List, new CpuidLeaf { Leaf = 1, Subleaf = uint.MaxValue, Ecx = uint.MaxValue });
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetCpuPolicy, id, policy));
        Refused(Errno.Fault, _tools.Domctl(DomctlCommand.SetCpuPolicy, id, policy with { Leaves = Bad }));
        Refused(Errno.TooBig, _tools.Domctl(DomctlCommand.SetCpuPolicy, id, policy with { LeafCount = uint.MaxValue }));
        Refused(Errno.TooBig, _tools.Domctl(DomctlCommand.SetCpuPolicy, id, policy with { RegisterCount = 3 }));
        CallerWorld.Store(List, new RegisterEntry { Number = 0x10 });
        Refused(Errno.Range, _tools.Domctl(DomctlCommand.SetCpuPolicy, id, new DomctlCpuPolicy { RegisterCount = 1, Registers = List }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetCpuPolicy, 1, policy));
    }

    [Fact]
    public void Whoever_waits_for_a_suspension_is_told_by_its_port()
    {
        _tools.World.Domain.IsHardware = true;
        ushort id = Filled(out _);
        Assert.Equal(0, _tools.World.CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.AllocUnbound, new EventChannelAllocUnbound { Domain = id, RemoteDomain = 1 }));
        uint theirs = CallerWorld.Load<EventChannelAllocUnbound>(CallerWorld.Scratch).Port;
        EventChannelBindInterdomain bind = new() { RemoteDomain = id, RemotePort = theirs };
        Assert.Equal(0, _tools.World.CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.BindInterdomain, bind));
        uint ours = CallerWorld.Load<EventChannelBindInterdomain>(CallerWorld.Scratch).LocalPort;
        SharedPages.Of(ref _tools.World.Domain) = default;
        Assert.Equal(0, _tools.Domctl(DomctlCommand.Subscribe, id, new DomctlSubscription { Port = uint.MaxValue }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.Subscribe, id, new DomctlSubscription { Port = theirs }));
        Assert.False(_tools.World.IsPending(ours));
        Assert.Equal(0, _tools.World.CallWith(Hypercall.SchedOp, (uint)SchedCommand.RemoteShutdown, new SchedRemoteShutdown { Domain = id, Reason = ShutdownReason.Suspend }));
        Assert.True(_tools.World.IsPending(ours));
    }

    [Fact]
    public void Interrupts_of_the_host_go_to_who_takes_care_of_them()
    {
        ushort id = Filled(out _);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetVirqHandler, id, new DomctlVirqHandler { Virq = (uint)Virq.DomainException }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVirqHandler, id, new DomctlVirqHandler { Virq = (uint)Virq.Timer }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVirqHandler, id, new DomctlVirqHandler { Virq = 24 }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SetVirqHandler, id, new DomctlVirqHandler { Virq = uint.MaxValue }));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.DestroyDomain, id, default(GuestWord)));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.DestroyDomain, (ushort)Create(0, Plan), default(GuestWord)));
    }

    [Fact]
    public void The_frames_of_a_grant_table_are_told()
    {
        ushort id = (ushort)Create(0, Plan with { GrantFrames = 4 });
        AcquireResource size = new() { Domain = new DomainId(id), Type = 1 };
        Assert.Equal(0, Acquire(size));
        Assert.Equal(4U, CallerWorld.Load<AcquireResource>(CallerWorld.Scratch).Frames);
        AcquireResource all = size with { Frames = 4, List = List };
        Assert.Equal(0, Acquire(all));
        Assert.Equal(DomainList.Find(new DomainId(id)).Grants.FrameAt(3).Value, CallerWorld.Load<GuestWord>(List + 24).Value);
        Refused(Errno.Inval, Acquire(all with { Frames = 0 }));
        Refused(Errno.Inval, Acquire(all with { Frames = 5 }));
        Refused(Errno.Inval, Acquire(all with { Frame = 1 }));
        Refused(Errno.Inval, Acquire(all with { Frame = uint.MaxValue }));
        Refused(Errno.Inval, Acquire(all with { Frame = ulong.MaxValue }));
        Refused(Errno.Inval, Acquire(all with { List = 0 }));
        Refused(Errno.Inval, Acquire(all with { Type = 0 }));
        Refused(Errno.Inval, Acquire(all with { Id = 1 }));
        Refused(Errno.Inval, Acquire(all with { Padding = 1 }));
        Refused(Errno.Fault, Acquire(all with { List = Bad }));
        Refused(Errno.Perm, Acquire(all with { Domain = new DomainId(1) }));
        Refused(Errno.Srch, Acquire(all with { Domain = new DomainId(77) }));
    }

    [Fact]
    public void One_vCPU_is_stopped_for_a_debugger()
    {
        ushort id = Filled(out _);
        DomctlPauseVcpu first = default;
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.GdbsxUnpausevcpu, id, first));
        for (int pauses = 0; pauses < 255; pauses++)
        {
            Assert.Equal(0, _tools.Domctl(DomctlCommand.GdbsxPausevcpu, id, first));
        }

        Refused(Errno.Overflow, _tools.Domctl(DomctlCommand.GdbsxPausevcpu, id, first));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GdbsxUnpausevcpu, id, first));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.GdbsxPausevcpu, id, new DomctlPauseVcpu { Vcpu = uint.MaxValue }));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.GdbsxPausevcpu, 1, first));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.SoftReset, id, default(GuestWord)));
        Refused(Errno.Inval, _tools.Domctl(DomctlCommand.ContinueSoftReset, id, default(GuestWord)));
    }

    [Fact]
    public void Hundreds_of_domains_live_at_once_and_are_listed_in_order()
    {
        Assert.Equal(300, Create(300, Plan));
        for (int count = 1; count <= 200; count++)
        {
            Assert.Equal(count + 1, Create(0, Plan with { GrantFrames = 1, MapFrames = 1 }));
        }

        Assert.Equal(0, _tools.Sysctl(SysctlCommand.ListDomains, new SysctlDomainList { First = 200, Most = 2, Buffer = List }));
        Assert.Equal(2U, Result<SysctlDomainList>().Count);
        Assert.Equal((200, 201), (CallerWorld.Load<DomainInfo>(List).Domain, CallerWorld.Load<DomainInfo>(List + 112).Domain));
        Assert.Equal(0, _tools.Sysctl(SysctlCommand.ListDomains, new SysctlDomainList { First = 202, Most = 2, Buffer = List }));
        Assert.Equal((1U, 300), (Result<SysctlDomainList>().Count, CallerWorld.Load<DomainInfo>(List).Domain));
    }

    [Fact]
    public void Who_asks_for_a_domain_that_is_not_there_is_told_of_the_next()
    {
        Assert.Equal(7, Create(7, Plan));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetDomainInfo, 2, default(DomainInfo)));
        Assert.Equal((7, 7UL), (DomctlResult<DomainInfo>().Domain, CallerWorld.Load<GuestWord>(CallerWorld.Scratch + 8).Value));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.GetDomainInfo, 8, default(DomainInfo)));
        Refused(Errno.Srch, _tools.Domctl(DomctlCommand.GetDomainInfo, ushort.MaxValue, default(DomainInfo)));
    }

    [Fact]
    public void Pauses_are_counted_but_not_without_end()
    {
        ushort id = (ushort)Create(0, Plan);
        for (int pauses = 1; pauses < 255; pauses++)
        {
            Assert.Equal(0, _tools.Domctl(DomctlCommand.PauseDomain, id, default(GuestWord)));
        }

        Refused(Errno.Overflow, _tools.Domctl(DomctlCommand.PauseDomain, id, default(GuestWord)));
    }

    private void Live(int pages)
    {
        ushort id = Filled(out Mfn root);
        Assert.Equal(0, SetContext(id, 0, Sound(root)));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.UnpauseDomain, id, default(GuestWord)));
        Assert.Equal(DomainPhase.Alive, DomainList.Find(new DomainId(id)).Phase);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.PauseDomain, id, default(GuestWord)));
        Assert.InRange(Populate(id, pages), 0, 14);
        EventChannelAllocUnbound port = new() { Domain = id, RemoteDomain = 1 };
        Assert.Equal(0, _tools.World.CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.AllocUnbound, port));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.DestroyDomain, id, default(GuestWord)));
        Assert.True(Refs.IsNull(ref DomainList.Find(new DomainId(id))));
    }

    // Two vCPUs, sixteen pages allowed, two there: a root without entries, and one to write.
    private ushort Filled(out Mfn root)
    {
        ushort id = (ushort)Create(0, Plan);
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetMaximumVcpus, id, new DomctlMaximumVcpus { Vcpus = 2 }));
        Assert.Equal(0, Populate(id, 1));
        Assert.Equal(0, _tools.Domctl(DomctlCommand.SetMaximumMemory, id, new DomctlMaximumMemory { Kibibytes = 64 }));
        Assert.Equal(2, Populate(id, 2));
        root = DomainList.Find(new DomainId(id)).Memory.First;
        CallerWorld.Store(List, new MmuExtendedOp { Command = MmuExtendedCommand.PinL4Table, First = root.Value });
        Sharpen.Machine.Guest.GuestCpu.Registers.R10 = id;
        Assert.Equal(0, _tools.World.Call(Hypercall.MmuExtendedOp, List, 1));
        return id;
    }

    private long Populate(ushort id, int pages)
    {
        for (int page = 0; page < pages; page++)
        {
            CallerWorld.Store(List + ((ulong)page * 8), (ulong)page);
        }

        MemoryReservation wanted = new() { ExtentStart = List, Extents = (ulong)pages, Domain = new DomainId(id) };
        return _tools.World.CallWith(Hypercall.MemoryOp, (uint)MemoryCommand.PopulatePhysmap, wanted);
    }

    private static VcpuGuestContext Sound(Mfn root)
    {
        VcpuGuestContext context = new() { Flags = GuestContextFlags.InKernel | GuestContextFlags.Online, KernelSp = 0x5000, EventCallback = 0x6000 };
        context.Registers.Rip = 0x4000;
        context.ControlRegisters[3] = root.Start.Value;
        return context;
    }

    private long SetContext(ushort id, uint vcpu, VcpuGuestContext context)
    {
        CallerWorld.Store(CallerWorld.Scratch + 0x1000, context);
        return _tools.Domctl(DomctlCommand.SetVcpuContext, id, new DomctlVcpuContext { Vcpu = vcpu, Context = CallerWorld.Scratch + 0x1000 });
    }

    private long GetContext(ushort id, uint vcpu, out VcpuGuestContext context)
    {
        long answer = _tools.Domctl(DomctlCommand.GetVcpuContext, id, new DomctlVcpuContext { Vcpu = vcpu, Context = CallerWorld.Scratch + 0x1000 });
        context = CallerWorld.Load<VcpuGuestContext>(CallerWorld.Scratch + 0x1000);
        return answer;
    }

    private long Acquire(AcquireResource wanted) => _tools.World.CallWith(Hypercall.MemoryOp, (uint)MemoryCommand.AcquireResource, wanted);

    private DomainInfo Info(ushort id)
    {
        Assert.Equal(0, _tools.Domctl(DomctlCommand.GetDomainInfo, id, default(DomainInfo)));
        return DomctlResult<DomainInfo>();
    }

    private long Create(ushort id, DomctlCreation plan)
    {
        long answer = _tools.Domctl(DomctlCommand.CreateDomain, id, plan);
        return answer == 0 ? (long)CallerWorld.Load<GuestWord>(CallerWorld.Scratch + 8).Value : answer;
    }

    private static ulong FreeFrames()
    {
        for (int turn = 0; turn < 4; turn++)
        {
            Quiescence.Leave();
            _ = DomainList.Trim();
            Quiescence.Enter();
        }

        return FrameAllocator.Statistics.FreeFrames;
    }
}
