using System;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;
using Sharpen.Machine.Time;
using Xunit;

namespace Sharpen.Simulation.Dispatch;

/// <summary>Domains that would always run, with bounds on the CPU time that they may have.</summary>
public sealed class CapTests : IDisposable
{
    private const ulong Second = 1_000_000_000;
    private readonly SimulatedMachine _machine = new();

    public CapTests()
    {
        _machine.Now = new Instant(1_000);
        _machine.Bind();
        Assert.True(MemoryBoot.Initialise([FrameRange.InsideBytes(new MachineAddress(1 << 20), new MachineAddress(1 << 26))]).Try(out _));
        Assert.True(DomainList.Initialise().Try(out _));
        Dispatcher.Initialise(SchedulerKind.Credit2, Duration.FromMicroseconds(1000));
    }

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(1, 1, 1u)]
    [InlineData(1, 1, 25u)]
    [InlineData(1, 1, 99u)]
    [InlineData(4, 4, 50u)]
    [InlineData(4, 4, 250u)]
    [InlineData(2, 8, 150u)]
    public void A_domain_gets_its_cap_and_no_more_however_idle_the_host_is(int cpus, int vcpus, uint percent)
    {
        Create(1, vcpus, percent);
        Play(cpus, 4 * Second);
        Assert.InRange(Share(1, 4 * Second), (percent * 0.99) - 0.2, (percent * 1.01) + 0.2);
    }

    [Fact]
    public void Others_have_what_a_cap_leaves()
    {
        Create(1, 1, 20);
        Create(2, 1, 0);
        Play(1, 4 * Second);
        Assert.InRange(Share(1, 4 * Second), 19.5, 20.5);
        Assert.InRange(Share(2, 4 * Second), 79, 80.5);
    }

    [Fact]
    public void A_cap_above_what_it_can_use_changes_nothing()
    {
        Create(1, 1, 100);
        Create(2, 1, 0);
        Play(1, 2 * Second);
        Assert.InRange(Share(1, 2 * Second), 49, 51);
    }

    [Fact]
    public void Without_its_cap_it_runs_again_at_once()
    {
        Create(1, 2, 1);
        Play(2, Second);
        VcpuGlue.SetCap(ref DomainList.Find(new DomainId(1)), 0);
        Assert.All(Enumerable.Range(0, 2), index => Assert.Equal(VcpuHalt.None, DomainList.VcpuOf(ref DomainList.Find(new DomainId(1)), index).Halts));
    }

    private static void Create(ushort id, int vcpus, uint percent)
    {
        Assert.True(DomainList.Create(new DomainId(id)).Try(out _));
        ref Domain domain = ref DomainList.Find(new DomainId(id));
        for (int index = 0; index < vcpus; index++)
        {
            Assert.True(DomainList.AddVcpu(ref domain, index).Try(out _));
        }

        VcpuGlue.SetCap(ref domain, percent);
    }

    private double Share(ushort id, ulong length)
    {
        ref Domain domain = ref DomainList.Find(new DomainId(id));
        ulong ran = 0;
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ran += DomainList.VcpuOf(ref domain, index).Runstates.Time(Runstate.Running, _machine.Now);
        }

        return 100.0 * ran / length;
    }

    // From one interrupt to the next, each as soon as it can come.
    private void Play(int cpus, ulong length)
    {
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            _machine.Bind(cpu);
            Dispatcher.Online();
            _ = Dispatcher.Leave();
        }

        _machine.Bind();
        for (ushort id = 1; !Sharpen.Machine.Pools.Refs.IsNull(ref DomainList.Find(new DomainId(id))); id++)
        {
            ref Domain domain = ref DomainList.Find(new DomainId(id));
            DomainControl.Start(ref domain);
            for (int index = 0; index < domain.VcpuLimit; index++)
            {
                VcpuGlue.BringUp(ref DomainList.VcpuOf(ref domain, index));
            }
        }

        _ = Dispatcher.Leave();
        Instant end = _machine.Now + new Duration(length);
        while (_machine.Now < end)
        {
            for (int cpu = 0; cpu < cpus; cpu++)
            {
                Interrupt(cpu);
            }

            Instant next = Enumerable.Range(0, cpus).Select(_machine.TimerOf).MinBy(time => time.Nanoseconds);
            bool isKicked = Enumerable.Range(0, cpus).Any(_machine.IsKicked);
            _machine.Now = isKicked ? _machine.Now : next < end ? new Instant(Math.Max(next.Nanoseconds, _machine.Now.Nanoseconds)) : end;
        }
    }

    private void Interrupt(int cpu)
    {
        _machine.Bind(cpu);
        if (_machine.TakeKick(cpu))
        {
            Dispatcher.OnKick();
        }

        if (_machine.TimerOf(cpu) <= _machine.Now)
        {
            Dispatcher.OnTimer();
        }

        _ = Dispatcher.Leave();
    }
}
