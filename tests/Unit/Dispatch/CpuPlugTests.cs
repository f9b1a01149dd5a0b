using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Smp;
using Sharpen.Machine.Time;
using Xunit;

namespace Sharpen.Unit.Dispatch;

/// <summary>CPUs that go and come, with what they have. The seeds of the dispatcher play the rest.</summary>
public sealed class CpuPlugTests : MachineTest
{
    private const int Cpus = 3;

    public CpuPlugTests()
    {
        HostConsole.Initialise();
        Assert.True(MemoryBoot.Initialise([FrameRange.InsideBytes(new MachineAddress(1 << 20), new MachineAddress(1 << 30))]).Try(out _));
        Assert.True(DomainList.Initialise().Try(out _));
        Machine.Now = new Instant(1_000_000);
        Dispatcher.Initialise(SchedulerKind.Credit2, Duration.FromMicroseconds(1000));
        HostCpus.Reserve();
        for (int cpu = 0; cpu < Cpus; cpu++)
        {
            Machine.Bind(cpu);
            Processors.InitialiseThisCpu();
            HostCpus.Join();
            Dispatcher.Online();
            Assert.Equal(NextStep.Idle, Dispatcher.Leave());
        }

        Machine.Bind(0);
    }

    [Fact]
    public void A_CPU_goes_when_it_is_asked_and_comes_back()
    {
        Assert.Equal(Errno.Exist, Ask(1, isUp: true));
        Assert.Equal(Errno.Again, Ask(1, isUp: false));
        Assert.Equal(Errno.Again, Ask(1, isUp: false));
        Assert.True(HostCpus.IsActive(1));
        Follow(1);
        Assert.False(HostCpus.IsActive(1));
        Assert.Equal(Errno.None, Ask(1, isUp: false));
        Assert.Equal(Errno.Exist, Ask(1, isUp: false));
        Assert.Equal(2, HostCpus.Active.Count);

        Assert.Equal(Errno.Again, Ask(1, isUp: true));
        Follow(1);
        Assert.True(HostCpus.IsActive(1));
        Assert.Equal(Errno.None, Ask(1, isUp: true));
        Assert.Equal(Errno.Exist, Ask(1, isUp: true));
    }

    [Fact]
    public void One_changes_at_a_time_and_who_forgot_to_ask_again_does_no_harm()
    {
        Assert.Equal(Errno.Again, Ask(1, isUp: false));
        Assert.Equal(Errno.Busy, Ask(2, isUp: false));
        Assert.Equal(Errno.Busy, Ask(1, isUp: true));
        Follow(1);
        Assert.Equal(Errno.Again, Ask(2, isUp: false));
        Follow(2);
        Assert.Equal(Errno.Again, Ask(1, isUp: true));
        Follow(1);
        Assert.Equal(Errno.None, Ask(2, isUp: false));
        Assert.True(HostCpus.IsActive(1));
        Assert.False(HostCpus.IsActive(2));
    }

    [Fact]
    public void What_ran_there_runs_elsewhere_and_its_timer_fires()
    {
        ref Vcpu vcpu = ref DispatcherTests.Make(1);
        CpuMask second = default;
        second.Add(new CpuId(1));
        VcpuGlue.SetAffinity(ref vcpu, in second);
        Assert.True(DomainEvents.BindVirq(ref DomainList.Of(in vcpu), Virq.Timer, 0).Try(out uint port, out _));
        DispatcherTests.Begin(1);
        Machine.Bind(1);
        Assert.True(Machine.TakeKick(1));
        Dispatcher.OnKick();
        Assert.Equal(NextStep.ResumeGuest, Dispatcher.Leave());
        VcpuGlue.ArmTimer(ref vcpu, Machine.Now + Duration.FromMilliseconds(1));
        Assert.Equal(NextStep.ResumeGuest, Dispatcher.Leave());

        // It asks for its own CPU to go.
        Assert.Equal(Errno.Again, Ask(1, isUp: false));
        Assert.Equal(NextStep.Idle, Dispatcher.Leave());
        Assert.Equal(Instant.Never.Nanoseconds, Machine.TimerOf(1).Nanoseconds);
        int runner = Machine.IsKicked(0) ? 0 : 2;
        Machine.Bind(runner);
        Assert.True(Machine.TakeKick(runner));
        Dispatcher.OnKick();
        NextStep step = Dispatcher.Leave();
        if (step == NextStep.Idle)
        {
            runner = 2 - runner;
            Machine.Bind(runner);
            Assert.True(Machine.TakeKick(runner));
            Dispatcher.OnKick();
            step = Dispatcher.Leave();
        }

        Assert.Equal(NextStep.ResumeGuest, step);
        Machine.Now += Duration.FromMilliseconds(2);
        for (int cpu = 0; cpu < Cpus; cpu += 2)
        {
            Machine.Bind(cpu);
            Dispatcher.OnKick();
            Dispatcher.OnTimer();
        }

        Assert.True(Hypervisor.Events.EventBits.IsPending(ref SharedPages.Of(ref DomainList.Of(in vcpu)), port));
    }

    [Fact]
    public void A_CPU_with_too_many_timers_leaves_some_to_others()
    {
        const int Most = 512;
        for (ushort domain = 1; domain <= (Most / 2) + 2; domain++)
        {
            ref Vcpu vcpu = ref DispatcherTests.Make(domain);
            VcpuGlue.ArmTimer(ref vcpu, Machine.Now + Duration.FromMilliseconds(10));
            VcpuGlue.ArmPeriodic(ref vcpu, Duration.FromMilliseconds(5));
        }

        ref Vcpu last = ref DomainList.VcpuOf(ref DomainList.Find(new DomainId((Most / 2) + 2)), 0);
        Assert.Equal((1, 1), (last.TimerPlace.Cpu.Value, last.PeriodicPlace.Cpu.Value));
        Assert.True(Machine.TakeKick(1));
        Machine.Bind(1);
        Dispatcher.OnKick();
        Dispatcher.Leave();
        Assert.Equal((Machine.Now + Duration.FromMilliseconds(5)).Nanoseconds, Machine.TimerOf(1).Nanoseconds);
        Machine.Bind(0);
        VcpuGlue.ArmTimer(ref last, Instant.Never);
        VcpuGlue.ArmTimer(ref last, Machine.Now + Duration.FromMilliseconds(1));
        Assert.Equal(1, last.TimerPlace.Cpu.Value);
    }

    private Errno Ask(int cpu, bool isUp) => CpuPlug.Ask(new CpuId(cpu), isUp).Error;

    private void Follow(int cpu)
    {
        Machine.Bind(cpu);
        Assert.True(Machine.TakeKick(cpu));
        Dispatcher.OnKick();
        Dispatcher.Leave();
        Machine.Bind(0);
    }
}
