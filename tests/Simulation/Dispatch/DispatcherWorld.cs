using System;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;
using Sharpen.Machine.Time;
using Sharpen.Simulation.Seeds;

namespace Sharpen.Simulation.Dispatch;

/// <summary>The dispatcher over a simulated machine: guests of one vCPU each block, set timers, wake one another and yield.</summary>
/// <remarks>The world is one thread that plays every CPU in turn; it delivers kicks and timers a little late, as hardware does.</remarks>
public sealed partial class DispatcherWorld : IDisposable
{
    private readonly ulong _seed;
    private readonly SeededRandom _random;
    private readonly Action<string>? _history;
    private readonly SimulatedMachine _machine = new();
    private readonly GuestRecord[] _guests;
    private readonly bool[] _online;
    private readonly bool[] _known;
    private readonly SchedulerKind _kind;
    private int _steps;

    /// <summary>Builds the machine and the guests of one seed.</summary>
    public DispatcherWorld(ulong seed, Action<string>? history)
    {
        _seed = seed;
        _history = history;
        _random = new SeededRandom(seed);
        _kind = _random.OneIn(4) ? SchedulerKind.Null : SchedulerKind.Credit2;
        _online = new bool[_random.OneIn(4) ? 17 + _random.Below(8) : 1 + _random.Below(5)];
        _known = new bool[_online.Length];
        _guests = [.. Enumerable.Range(0, 1 + _random.Below(12)).Select(_ => new GuestRecord())];
        _machine.Now = new Instant(1_000);
        _machine.Bind();
        _ = MemoryBoot.Initialise([FrameRange.InsideBytes(new MachineAddress(1 << 20), new MachineAddress(1 << 26))]);
        _ = DomainList.Initialise();
        Dispatcher.Initialise(_kind, Duration.FromMicroseconds(_random.OneIn(4) ? 0U : 1000U));
        for (int cpu = 0; cpu < _online.Length; cpu++)
        {
            Plug(cpu);
        }

        for (int guest = 0; guest < _guests.Length; guest++)
        {
            Create(guest);
        }
    }

    private ulong Now => _machine.Now.Nanoseconds;

    /// <summary>Frees the machine.</summary>
    public void Dispose() => _machine.Dispose();

    /// <summary>Plays so many steps, and checks the rules after each.</summary>
    public void Play(int steps)
    {
        for (; _steps < steps; _steps++)
        {
            _machine.Now += new Duration(_random.Below(_random.OneIn(8) ? 4_000_000UL : 60_000UL));
            for (int cpu = 0; cpu < _online.Length; cpu++)
            {
                Interrupt(cpu);
            }

            Act();
            CheckRules();
        }
    }

    private void Create(int index)
    {
        GuestRecord guest = _guests[index];
        guest.Domain = new DomainId((ushort)(index + 1));
        guest.Born = Now;
        _machine.Bind();
        if (!DomainList.Create(guest.Domain).Try(out _))
        {
            throw Broken("no room for a domain");
        }

        ref Domain domain = ref DomainList.Find(guest.Domain);
        domain.Weight = 128 << _random.Below(4);
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            if (!domain.Shared.Allocate(held, guest.Domain).Try(out _))
            {
                throw Broken("no memory for a shared page");
            }
        }

        if (!DomainList.AddVcpu(ref domain, 0).Try(out _) || !DomainEvents.BindVirq(ref domain, Virq.Timer, 0).Try(out guest.Port, out _))
        {
            throw Broken("no room for a vCPU or a port");
        }

        VcpuGlue.BringUp(ref DomainList.VcpuOf(ref domain, 0));
        DomainControl.Start(ref domain);
        Leave();
    }

    /// <summary>Delivers what has been waiting for a CPU, which then leaves the hypervisor.</summary>
    private void Interrupt(int cpu)
    {
        bool isLate = !_online[cpu] || _random.OneIn(3);
        if (isLate || (!_machine.IsKicked(cpu) && _machine.TimerOf(cpu) > _machine.Now))
        {
            return;
        }

        _machine.Bind(cpu);
        if (_machine.TakeKick(cpu))
        {
            Dispatcher.OnKick();
        }

        if (_machine.TimerOf(cpu) <= _machine.Now)
        {
            Dispatcher.OnTimer();
        }

        Leave();
    }

    private void Leave()
    {
        NextStep step = Dispatcher.Leave();
        if (step == NextStep.ResumeGuest != Dispatcher.HasCurrent)
        {
            throw Broken("the way out does not fit the vCPU");
        }
    }

    private SeedFailure Broken(string rule) => new(_seed, $"step {_steps} at {Now} ns: {rule}");

    private void Note(string what) => _history?.Invoke($"{_steps,5} {Now / 1000,8} us  {what}");
}
