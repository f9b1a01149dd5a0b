using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Simulation.Core;
using Xunit;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>vCPUs: how they begin, come and go, and what they share.</summary>
public sealed class VcpuOpTests : IDisposable
{
    private const ulong Scratch = CallerWorld.Scratch;
    private const ulong Area = Scratch + 0x800;
    private readonly CallerWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_second_vCPU_begins_where_its_kernel_says()
    {
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.Up, 1));
        Assert.Equal(0, Initialise(1, Sound()));
        Assert.Equal(-(long)Errno.Exist, Initialise(1, Sound()));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.IsUp, 1));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.Up, 1));
        Assert.Equal(1, _world.VcpuOp(VcpuCommand.IsUp, 1));
        _world.Call(Hypercall.SchedOp, (uint)SchedCommand.Block);
        Assert.Equal(NextStep.ResumeGuest, _world.Step);
        Assert.Equal(KernelFile.Start + 0x2400, GuestCpu.Registers.Rip);
        Assert.Equal(77UL, GuestCpu.Registers.Rbx);
        Assert.Equal(0xe033, GuestCpu.Registers.Cs);
        Assert.Equal(0x202UL, GuestCpu.Registers.Rflags);
    }

    [Theory]
    [InlineData(3UL)]
    [InlineData(31UL)]
    [InlineData(32UL)]
    [InlineData(0xffff_ffffUL)]
    public void A_vCPU_that_does_not_exist_has_no_operations(ulong vcpu)
    {
        foreach (VcpuCommand command in Enum.GetValues<VcpuCommand>())
        {
            Assert.Equal(-(long)Errno.NoEnt, _world.VcpuOp(command, vcpu, Scratch));
        }
    }

    [Fact]
    public void No_vCPU_begins_with_what_no_kernel_may_have()
    {
        Refuse((ref VcpuGuestContext context) => context.Registers.Rip = CallerWorld.Forbidden);
        Refuse((ref VcpuGuestContext context) => context.Registers.Rip = 0x8000_0000_0000UL);
        Refuse((ref VcpuGuestContext context) => context.Flags = 0);
        Refuse((ref VcpuGuestContext context) => Layout.Items<Words8, ulong>(ref context.ControlRegisters)[1] = _world.FrameAt(Scratch).Start.Value);
        Refuse((ref VcpuGuestContext context) => Layout.Items<Words8, ulong>(ref context.DebugRegisters)[3] = CallerWorld.Forbidden);
        Refuse((ref VcpuGuestContext context) => Layout.Items<Words8, ulong>(ref context.DebugRegisters)[7] = 1UL << 13);
        Refuse((ref VcpuGuestContext context) => Layout.Items<Words8, ulong>(ref context.DebugRegisters)[6] = 1UL << 32);
        Refuse((ref VcpuGuestContext context) => context.GdtEntries = 1);
        Refuse((ref VcpuGuestContext context) => context.LdtEntries = ulong.MaxValue);
        Refuse((ref VcpuGuestContext context) => context.EventCallback = CallerWorld.Forbidden);
        Refuse((ref VcpuGuestContext context) => context.FailsafeCallback = CallerWorld.Forbidden);
        Refuse((ref VcpuGuestContext context) => context.SyscallCallback = CallerWorld.Forbidden);
        Refuse((ref VcpuGuestContext context) => context.FsBase = CallerWorld.Forbidden);
        Refuse((ref VcpuGuestContext context) => context.GsBaseUser = 0x8000_0000_0000UL);
        Refuse((ref VcpuGuestContext context) => Layout.Items<TrapInfo256, TrapInfo>(ref context.Traps)[255].Address = CallerWorld.Forbidden);
        Refuse((ref VcpuGuestContext context) => Layout.Items<Words8, ulong>(ref context.ControlRegisters)[3] = _world.FrameAt(Scratch).Start.Value);
        Refuse((ref VcpuGuestContext context) => Layout.Items<Words8, ulong>(ref context.ControlRegisters)[3] = ulong.MaxValue);
        Assert.Equal(-(long)Errno.Fault, _world.VcpuOp(VcpuCommand.Initialise, 1, CallerWorld.Forbidden));
        Assert.Equal(0, Initialise(1, Sound()));
    }

    [Fact]
    public void Any_selector_is_taken_for_the_guests_ring_and_refused_by_the_processor_if_at_all()
    {
        VcpuGuestContext context = Sound();
        context.Registers.Cs = 0xe008;
        context.Registers.Ss = 0;
        context.KernelSs = 0x1_e028;
        Assert.Equal(0, Initialise(1, context));
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref _world.Domain, 1);
        Assert.Equal(0xe00b, vcpu.Context.Registers.Cs);
        Assert.Equal(3, vcpu.Context.Registers.Ss);
        Assert.Equal(0xe02b, vcpu.KernelStackSelector);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_vCPU_may_begin_in_user_code_and_with_breakpoints(bool inKernel)
    {
        VcpuGuestContext context = Sound();
        Span<ulong> controls = Layout.Items<Words8, ulong>(ref context.ControlRegisters);
        controls[1] = controls[3];
        context.Flags = inKernel ? GuestContextFlags.InKernel : 0;
        Layout.Items<Words8, ulong>(ref context.DebugRegisters)[1] = 0x1234;
        Layout.Items<Words8, ulong>(ref context.DebugRegisters)[7] = 0x404;
        Assert.Equal(0, Initialise(1, context));
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref _world.Domain, 1);
        Assert.Equal((inKernel, controls[3] >> 12), (vcpu.InKernel, GuestCpu.UserRootOf(in vcpu.Context).Value));
        Assert.Equal((0x1234UL, 0x404UL), (GuestCpu.DebugOf(in vcpu.Context, 1), GuestCpu.DebugOf(in vcpu.Context, 7)));
    }

    [Theory]
    [InlineData(CallbackType.Syscall32, Errno.None, Errno.Inval)]
    [InlineData(CallbackType.Event, Errno.None, Errno.Inval)]
    [InlineData(CallbackType.SysenterDeprecated, Errno.NoSys, Errno.NoSys)]
    [InlineData((CallbackType)9, Errno.NoSys, Errno.NoSys)]
    public void Entry_points_are_said_and_not_taken_back(CallbackType type, Errno said, Errno takenBack)
    {
        CallerWorld.Store(Scratch, new CallbackRegister { Type = type, Address = 0x5000, Flags = CallbackFlags.MaskEvents });
        Assert.Equal(-(long)said, _world.Call(Hypercall.CallbackOp, (ulong)CallbackCommand.Register, Scratch));
        Assert.Equal(type == CallbackType.Syscall32 ? 0x5000UL : 0, DomainList.VcpuOf(ref _world.Domain, 0).Entries.Syscall32.Value);
        CallerWorld.Store(Scratch, new CallbackRegister { Type = type, Address = CallerWorld.Forbidden });
        Assert.Equal(-(long)Errno.Inval, _world.Call(Hypercall.CallbackOp, (ulong)CallbackCommand.Register, Scratch));
        CallerWorld.Store(Scratch, new CallbackUnregister { Type = type });
        Assert.Equal(-(long)takenBack, _world.Call(Hypercall.CallbackOp, (ulong)CallbackCommand.Unregister, Scratch));
    }

    [Fact]
    public void A_vCPU_goes_down_and_the_last_one_takes_the_domain_along()
    {
        Assert.Equal(0, Initialise(1, Sound()));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.Up, 1));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.Down, 1));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.IsUp, 1));
        Assert.Equal(NextStep.ResumeGuest, _world.Step);
        _world.VcpuOp(VcpuCommand.Down, 0);
        Assert.Equal(NextStep.Idle, _world.Step);
        Assert.True(Sharpen.Machine.Pools.Refs.IsNull(ref _world.Domain) || _world.Domain.IsEnding);
    }

    [Fact]
    public void Run_states_add_up_to_the_time_since_the_vCPU_was_made()
    {
        ulong start = _world.Now.Nanoseconds;
        _world.Pass(5_000_000);
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.GetRunstateInfo, 0, Area));
        VcpuRunstateInfo info = CallerWorld.Load<VcpuRunstateInfo>(Area);
        Assert.Equal(Runstate.Running, info.State);
        Assert.Equal(start, info.EntryTime);
        Assert.Equal(5_000_000UL, Layout.Items<Times4, ulong>(ref info.Time)[(int)Runstate.Running]);
        Assert.Equal(-(long)Errno.Fault, _world.VcpuOp(VcpuCommand.GetRunstateInfo, 0, CallerWorld.Forbidden));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_area_shows_each_change_of_run_state(bool isFlagged)
    {
        Assert.Equal(0, Initialise(1, Sound()));
        Assert.Equal(0, _world.Call(Hypercall.VmAssist, isFlagged ? 0U : 1U, (uint)VmAssistKind.RunstateUpdateFlag));
        Assert.Equal(0, _world.VcpuOpAt(VcpuCommand.RegisterRunstateMemoryArea, 0, Area));
        Assert.Equal(Runstate.Running, CallerWorld.Load<VcpuRunstateInfo>(Area).State);
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.Up, 1));
        _world.Pass(1_000);
        _world.Call(Hypercall.SchedOp, (uint)SchedCommand.Block);
        VcpuRunstateInfo info = CallerWorld.Load<VcpuRunstateInfo>(Area);
        Assert.Equal(Runstate.Blocked, info.State);
        Assert.Equal(_world.Now.Nanoseconds, info.EntryTime);
        Assert.Equal(1_000UL, Layout.Items<Times4, ulong>(ref info.Time)[(int)Runstate.Running]);
    }

    [Fact]
    public void An_area_that_cannot_be_written_does_no_harm()
    {
        Assert.Equal(0, _world.VcpuOpAt(VcpuCommand.RegisterRunstateMemoryArea, 0, 0x1000UL));
        Assert.Equal(0, _world.Call(Hypercall.SchedOp, (uint)SchedCommand.Yield));
        Assert.Equal(-(long)Errno.Fault, _world.VcpuOpAt(VcpuCommand.RegisterRunstateMemoryArea, 0, CallerWorld.Forbidden));
        Assert.Equal(-(long)Errno.Fault, _world.VcpuOpAt(VcpuCommand.RegisterRunstateMemoryArea, 0, ulong.MaxValue - 4));
        Assert.Equal(0, _world.VcpuOpAt(VcpuCommand.RegisterRunstateMemoryArea, 0, 0UL));
    }

    [Fact]
    public void The_time_area_gets_the_record_of_the_shared_page()
    {
        Assert.Equal(0, _world.VcpuOpAt(VcpuCommand.RegisterVcpuTimeMemoryArea, 0, Area));
        VcpuTimeInfo time = CallerWorld.Load<VcpuTimeInfo>(Area);
        Assert.Equal(2U, time.Version);
        Assert.Equal(_world.Now.Nanoseconds, time.SystemTime);
        Assert.Equal(VcpuInfos.Of(ref _world.Vcpu(0)).Time.TscToSystemMultiplier, time.TscToSystemMultiplier);
        Assert.Equal(0, _world.VcpuOpAt(VcpuCommand.RegisterVcpuTimeMemoryArea, 0, 0UL));
        Assert.Equal(-(long)Errno.Fault, _world.VcpuOpAt(VcpuCommand.RegisterVcpuTimeMemoryArea, 0, CallerWorld.Forbidden));
    }

    [Fact]
    public void What_a_vCPU_shares_moves_once_and_events_follow()
    {
        VcpuRegisterInfo place = new() { Mfn = _world.FrameAt(Scratch).Value, Offset = 0x900 };
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.RegisterVcpuInfo, 0, place with { Offset = 4096 - 56 }));
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.RegisterVcpuInfo, 0, place with { Offset = 0x901 }));
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.RegisterVcpuInfo, 0, place with { Mfn = 5 }));
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.RegisterVcpuInfo, 0, place with { Mfn = ulong.MaxValue }));
        Assert.Equal(-(long)Errno.Busy, _world.VcpuOp(VcpuCommand.RegisterVcpuInfo, 0, place with { Mfn = GuestCpu.RootOf(in _world.Vcpu(0).Context).Value }));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.RegisterVcpuInfo, 0, place));
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.RegisterVcpuInfo, 0, place));
        VcpuInfo info = CallerWorld.Load<VcpuInfo>(Scratch + 0x900);
        Assert.Equal((1, 1, ulong.MaxValue), (info.UpcallPending, info.UpcallMask, info.PendingSelector));
        CallerWorld.Store(Scratch + 0x900, info with { UpcallPending = 0, PendingSelector = 0 });
        uint port = _world.BindTimer(0);
        Assert.Equal(0, _world.Call(Hypercall.SetTimerOp, _world.Now.Nanoseconds + 1_000));
        _world.Pass(2_000);
        Assert.True(_world.IsPending(port));
        Assert.Equal(1UL, CallerWorld.Load<VcpuInfo>(Scratch + 0x900).PendingSelector);
    }

    [Fact]
    public void The_place_of_a_vCPU_that_is_up_is_its_own_to_move()
    {
        VcpuRegisterInfo place = new() { Mfn = _world.FrameAt(Scratch).Value, Offset = 0x900 };
        Assert.Equal(0, Initialise(1, Sound()));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.Up, 1));
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.RegisterVcpuInfo, 1, place));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.RegisterVcpuInfo, 2, place));
    }

    [Fact]
    public void A_periodic_timer_goes_on_until_it_is_stopped()
    {
        uint port = _world.BindTimer(0);
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.SetPeriodicTimer, 0, new VcpuSetPeriodicTimer { Period = 999_999 }));
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.SetPeriodicTimer, 0, new VcpuSetPeriodicTimer { Period = ulong.MaxValue }));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.SetPeriodicTimer, 0, new VcpuSetPeriodicTimer { Period = 1_000_000 }));
        for (int tick = 0; tick < 3; tick++)
        {
            Assert.False(TakePending(port));
            _world.Pass(1_000_000);
            Assert.True(TakePending(port));
        }

        Assert.Equal(0, _world.VcpuOp(VcpuCommand.StopPeriodicTimer, 0));
        _world.Pass(5_000_000);
        Assert.False(TakePending(port));
    }

    [Fact]
    public void A_one_shot_timer_fires_once_and_may_refuse_the_past()
    {
        uint port = _world.BindTimer(0);
        ulong now = _world.Now.Nanoseconds;
        Assert.Equal(-(long)Errno.Time, _world.VcpuOp(VcpuCommand.SetSingleshotTimer, 0, new VcpuSetSingleshotTimer { Timeout = now - 1, Flags = SingleShotFlags.Future }));
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.SetSingleshotTimer, 1, new VcpuSetSingleshotTimer { Timeout = now }));
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.StopSingleshotTimer, 1));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.SetSingleshotTimer, 0, new VcpuSetSingleshotTimer { Timeout = now + 500, Flags = SingleShotFlags.Future }));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.StopSingleshotTimer, 0));
        _world.Pass(1_000);
        Assert.False(TakePending(port));
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.SetSingleshotTimer, 0, new VcpuSetSingleshotTimer { Timeout = now + 2_000 }));
        _world.Pass(1_000);
        Assert.True(TakePending(port));
    }

    [Fact]
    public void An_NMI_enters_its_handler_once_until_the_handler_returns()
    {
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.SendNmi, 0, 1UL));
        Assert.Equal(0, _world.CallWith(Hypercall.CallbackOp, (uint)CallbackCommand.Register, new CallbackRegister { Type = CallbackType.Nmi, Address = KernelFile.Start + 0x2800 }));
        GuestCpu.Registers.Rsp = Scratch + 0x800;
        Assert.Equal(0, _world.VcpuOp(VcpuCommand.SendNmi, 0));
        Assert.Equal(KernelFile.Start + 0x2800, GuestCpu.Registers.Rip);
        ulong stack = GuestCpu.Registers.Rsp;
        _world.VcpuOp(VcpuCommand.SendNmi, 0);
        Assert.Equal(stack, GuestCpu.Registers.Rsp);
        Assert.Equal(-(long)Errno.Inval, _world.VcpuOp(VcpuCommand.GetPhysicalId, 0));
    }

    private delegate void Spoil(ref VcpuGuestContext context);

    private void Refuse(Spoil spoil)
    {
        VcpuGuestContext context = Sound();
        spoil(ref context);
        Assert.Equal(-(long)Errno.Inval, Initialise(1, context));
    }

    private VcpuGuestContext Sound()
    {
        VcpuGuestContext context = default;
        context.Flags = GuestContextFlags.InKernel | GuestContextFlags.FpuValid;
        context.Registers.Rip = KernelFile.Start + 0x2400;
        context.Registers.Rbx = 77;
        context.Registers.Rflags = ulong.MaxValue & ~0xffffUL;
        context.Registers.Cs = 0xe030;
        context.Registers.Ss = 0xe02b;
        context.Registers.EntryVector = 0x200;
        context.KernelSs = 0xe02b;
        context.KernelSp = Scratch;
        context.Registers.Rflags = 0;
        Layout.Items<Words8, ulong>(ref context.ControlRegisters)[3] = GuestCpu.RootOf(in _world.Vcpu(0).Context).Start.Value;
        return context;
    }

    private long Initialise(ulong vcpu, VcpuGuestContext context)
    {
        // More than a page: it goes on behind the scratch page, which is mapped too.
        Assert.Equal(5168, Unsafe.SizeOf<VcpuGuestContext>());
        return _world.VcpuOp(VcpuCommand.Initialise, vcpu, context);
    }

    private bool TakePending(uint port)
    {
        bool was = _world.IsPending(port);
        Hypervisor.Events.EventBits.Clear(ref SharedPages.Of(ref _world.Domain), port);
        ref VcpuInfo info = ref VcpuInfos.Of(ref _world.Vcpu(0));
        info.PendingSelector = 0;
        info.UpcallPending = 0;
        return was;
    }
}
