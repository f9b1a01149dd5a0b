using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Diagnostics.Keys;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Smp;
using Sharpen.Machine.Time;
using Xunit;

namespace Sharpen.Unit.Dispatch;

/// <summary>One CPU, a few vCPUs, step by step. The seeds in tests/Simulation play the rest.</summary>
public sealed class DispatcherTests : MachineTest
{
    private static readonly Duration s_tick = Duration.FromMilliseconds(1);

    public DispatcherTests()
    {
        HostConsole.Initialise();
        Assert.True(MemoryBoot.Initialise([FrameRange.InsideBytes(new MachineAddress(1 << 20), new MachineAddress(1 << 30))]).Try(out _));
        Assert.True(DomainList.Initialise().Try(out _));
        Machine.Now = new Instant(1_000_000);
        Dispatcher.Initialise(SchedulerKind.Credit2, Duration.FromMicroseconds(1000));
        Processors.InitialiseThisCpu();
        Dispatcher.Online();
        Assert.Equal(NextStep.Idle, Dispatcher.Leave());
    }

    [Fact]
    public void A_vCPU_that_starts_is_loaded_and_its_slice_is_timed()
    {
        Make(1).Context.Registers.Rip = 0x1234;
        Begin(1);
        Assert.Equal(NextStep.ResumeGuest, Dispatcher.Leave());
        Assert.Equal(0x1234UL, GuestCpu.Registers.Rip);
        Assert.True(Machine.TimerOf(0) == Machine.Now + Duration.FromMilliseconds(10));
    }

    [Fact]
    public void A_blocked_vCPU_comes_back_with_its_timer()
    {
        ref Vcpu vcpu = ref Make(1);
        Assert.True(DomainEvents.BindVirq(ref DomainList.Of(in vcpu), Virq.Timer, 0).Try(out uint port, out _));
        Begin(1);
        Dispatcher.Leave();
        VcpuGlue.ArmTimer(ref vcpu, Machine.Now + s_tick);
        VcpuGlue.Sleep(ref vcpu, VcpuHalt.Blocked);
        Assert.Equal(NextStep.Idle, Dispatcher.Leave());
        Assert.True(Machine.TimerOf(0) == Machine.Now + s_tick);

        Machine.Now += s_tick;
        Dispatcher.OnTimer();
        Assert.Equal(NextStep.ResumeGuest, Dispatcher.Leave());
        Assert.True(Hypervisor.Events.EventBits.IsPending(ref SharedPages.Of(ref DomainList.Of(in vcpu)), port));
        Assert.Equal(s_tick.Nanoseconds, vcpu.Runstates.Time(Runstate.Blocked, Machine.Now));
    }

    [Fact]
    public void A_poll_ends_at_its_time()
    {
        ref Vcpu vcpu = ref Make(1);
        Begin(1);
        Dispatcher.Leave();
        VcpuGlue.Sleep(ref vcpu, VcpuHalt.Polling);
        VcpuGlue.ArmPoll(ref vcpu, Machine.Now + s_tick);
        Assert.Equal(NextStep.Idle, Dispatcher.Leave());
        Machine.Now += s_tick;
        Dispatcher.OnTimer();
        Assert.Equal(NextStep.ResumeGuest, Dispatcher.Leave());
    }

    [Fact]
    public void A_withdrawn_timer_does_not_fire()
    {
        ref Vcpu vcpu = ref Make(1);
        Begin(1);
        Dispatcher.Leave();
        VcpuGlue.ArmTimer(ref vcpu, Machine.Now + s_tick);
        VcpuGlue.ArmTimer(ref vcpu, Instant.Never);
        VcpuGlue.Sleep(ref vcpu, VcpuHalt.Blocked);
        Assert.Equal(NextStep.Idle, Dispatcher.Leave());
        Assert.True(Machine.TimerOf(0) == Instant.Never);
    }

    [Fact]
    public void Two_vCPUs_take_turns_by_yielding()
    {
        Make(1);
        Make(2);
        Begin(1);
        Begin(2);
        Dispatcher.Leave();
        DomainId first = Dispatcher.Current.Id.Domain;
        VcpuGlue.Yield(ref Dispatcher.Current);
        Dispatcher.Leave();
        Assert.True(Dispatcher.Current.Id.Domain != first);
    }

    [Fact]
    public void A_vCPU_of_a_stopped_domain_leaves_its_CPU_and_can_be_detached()
    {
        ref Vcpu vcpu = ref Make(1);
        Begin(1);
        Dispatcher.Leave();
        DomainControl.Stop(ref DomainList.Of(in vcpu), ShutdownReason.Crash);
        Assert.False(VcpuGlue.TryDetach(ref vcpu));
        Assert.Equal(NextStep.Idle, Dispatcher.Leave());
        Assert.True(VcpuGlue.TryDetach(ref vcpu));
        Assert.Equal(UnitPlace.Away, vcpu.Unit.Place);
    }

    [Fact]
    public void The_keys_show_who_runs_and_what_is_timed()
    {
        ref Vcpu vcpu = ref Make(1);
        Make(2);
        Begin(1);
        Begin(2);
        Dispatcher.Leave();
        VcpuGlue.ArmTimer(ref vcpu, Machine.Now + s_tick);
        DebugKeys.Press((byte)'r');
        DebugKeys.Press((byte)'a');
        Assert.Contains(Lines, line => line.Contains("d1v0: running in run queue 0, weight 256", StringComparison.Ordinal));
        Assert.Contains(Lines, line => line.Contains("d2v0: waiting in run queue 0", StringComparison.Ordinal));
        Assert.Contains(Lines, line => line.Contains("one-shot timer of vCPU", StringComparison.Ordinal));
    }

    internal static ref Vcpu Make(ushort number)
    {
        DomainId id = new(number);
        Assert.True(DomainList.Create(id).Try(out _));
        ref Domain domain = ref DomainList.Find(id);
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            Assert.True(domain.Shared.Allocate(held, id).Try(out _));
        }

        Assert.True(DomainList.AddVcpu(ref DomainList.Find(id), 0).Try(out _));
        return ref DomainList.VcpuOf(ref DomainList.Find(id), 0);
    }

    internal static void Begin(ushort number)
    {
        ref Domain domain = ref DomainList.Find(new DomainId(number));
        VcpuGlue.BringUp(ref DomainList.VcpuOf(ref domain, 0));
        DomainControl.Start(ref domain);
    }
}
