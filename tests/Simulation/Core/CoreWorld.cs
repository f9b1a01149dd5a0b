using System;
using System.Collections.Generic;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Hypervisor.Boot;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Simulation;
using Sharpen.Machine.Time;
using Sharpen.Simulation.Seeds;

namespace Sharpen.Simulation.Core;

/// <summary>
/// The whole core on a simulated machine: the ways in and out, the dispatcher, hypercalls, events, memory, the builder and the
/// reaper, on several CPUs that take turns as the seed says, with guests that are C# objects. Checks the rules while it runs.
/// </summary>
internal sealed class CoreWorld : IDisposable
{
    /// <summary>What a vCPU may wait for a CPU, or an event may be under way: far more than the slices of all others together.</summary>
    private const ulong LongestNanoseconds = 60_000_000;

    /// <summary>What a vCPU may wait while some CPU idles.</summary>
    private const ulong LongestIdleNanoseconds = 1_000_000;

    private static readonly byte[] s_kernel = KernelFile.Make();
    private static readonly FrameRange s_ram = new(new Mfn(0x7_0000), 0x4000);

    private readonly SimulatedMachine _machine = new();
    private readonly Baton _baton;
    private readonly SeededRandom _random;
    private readonly ulong _seed;
    private readonly int _cpus;
    private readonly int _guestLimit;
    private readonly Func<DomainId, ulong, SimulatedGuest> _makeGuest;
    private readonly Action<string>? _history;
    private readonly Dictionary<ushort, SimulatedGuest> _guests = [];
    private readonly HashSet<ushort> _running = [];
    private readonly Dictionary<int, Instant> _idleSince = [];
    private int _steps;
    private int _idle;
    private ushort _nextId = 1;

    public CoreWorld(ulong seed, Func<DomainId, ulong, SimulatedGuest> makeGuest, Action<string>? history = null, int cpus = 0)
    {
        _seed = seed;
        _random = new SeededRandom(seed);
        _cpus = cpus != 0 ? cpus : 1 + _random.Below(3);
        _guestLimit = 1 + _random.Below(4);
        _makeGuest = makeGuest;
        _history = history;
        _baton = new Baton(_cpus, _random.Below) { MostPasses = _cpus == 1 ? 200_000_000UL : 5_000_000UL };
    }

    /// <summary>A fault on purpose: kicks between CPUs never arrive.</summary>
    public bool LosesKicks { get => _machine.LosesKicks; init => _machine.LosesKicks = value; }

    /// <summary>How often the operator ends a domain when he comes by: once in so many times; 0 is never.</summary>
    public int Kills { get; init; }

    /// <summary>What its guests know of each other.</summary>
    public Channels Channels { get; init; } = new();

    /// <summary>Domains built so far.</summary>
    public int Built { get; private set; }

    /// <summary>Steps that guests made in domains that are gone.</summary>
    public ulong GuestSteps { get; private set; }

    /// <summary>What the hypervisor wrote.</summary>
    public string Console => _machine.SerialText;

    /// <summary>Runs for so many steps, then ends every domain and checks that all came back.</summary>
    public void Play(int steps)
    {
        _steps = steps;
        _machine.Bind();
        Require(MemoryBoot.Initialise([s_ram]).Try(out _), "memory does not come up");
        Require(DomainList.Initialise().Try(out _), "no room for domains");
        HostConsole.Initialise();

        // The null policy gives each vCPU a CPU of its own: with fewer CPUs than guests some would never run, and rightly so.
        bool isNull = _guestLimit <= _cpus && _random.OneIn(2);
        Dispatcher.Initialise(isNull ? SchedulerKind.Null : SchedulerKind.Credit2, Duration.FromMicroseconds(1000));
        Require(FrameAllocator.AllocateForDomain(NoLocks.Held, DomainId.Invalid, PageOrder.Small, FrameOptions.Anywhere).Try(out Mfn first, out _), "no frame");
        FrameCounts.Unlist(ref FrameTable.Of(first));   // so that the parts of our tables for the memory are there
        ulong free = FrameAllocator.Statistics.FreeFrames;
        _machine.Baton = _baton;
        _baton.Run(LiveAsCpu);
        _machine.Baton = null;
        _history?.Invoke($"{_cpus} CPUs, {_machine.Kicks} kicks, {_baton.Passes} passes, slowest event {Channels.Slowest.Nanoseconds} ns");
        _ = DomainList.Trim();
        Require(FrameAllocator.Statistics.FreeFrames == free, $"{free - FrameAllocator.Statistics.FreeFrames} frames did not come back");
        for (int slot = 0; slot < DomainList.Capacity; slot++)
        {
            Require(Refs.IsNull(ref DomainList.At(slot)), $"the domain in slot {slot} is still there");
        }
    }

    public void Dispose() => _machine.Dispose();

    private void LiveAsCpu(int cpu)
    {
        _machine.Bind(cpu);
        Quiescence.Join();
        Dispatcher.Online();
        NextStep step = Entry.Leave();
        while (!IsOver)
        {
            _steps--;
            step = step == NextStep.ResumeGuest ? RunGuest(cpu) : RunIdle(cpu);
            if (step == NextStep.ResumeGuest)
            {
                _idleSince.Remove(cpu);
            }

            if (cpu == 0 && _random.OneIn(16))
            {
                _idleSince.Remove(cpu);
                step = ActAsOperator();
            }
        }
    }

    private Duration LongestIdle => new(_idleSince.Values.Select(since => (_machine.Now - since).Nanoseconds).DefaultIfEmpty().Max());

    private bool IsOver => _steps <= 0 && _guests.Count == 0 && !Reaper.HasWork;

    private NextStep RunGuest(int cpu)
    {
        VcpuId id = Dispatcher.Current.Id;
        Require(_running.Add(id.Domain.Value), $"d{id.Domain.Value} runs on two CPUs");
        SimulatedGuest guest = _guests[id.Domain.Value];
        bool enters = false;
        ref CpuUserRegisters registers = ref GuestCpu.Registers;
        while (!enters)
        {
            _baton.Pass();
            _machine.Now += new Duration(1 + _random.Below(20_000UL));
            if (TryInterrupt(cpu, out Vector vector))
            {
                registers.EntryVector = (uint)vector;
                break;
            }

            enters = guest.Step(ref registers, _machine.Now);
        }

        _running.Remove(id.Domain.Value);
        Quiescence.Enter();
        return Entry.FromGuest(ref registers);
    }

    private NextStep RunIdle(int cpu)
    {
        _idle++;
        _idleSince.TryAdd(cpu, _machine.Now);
        _baton.Pass();
        _idle--;
        if (TryInterrupt(cpu, out Vector vector))
        {
            _idleSince.Remove(cpu);
            Quiescence.Enter();
            Entry.IdleInterrupt((uint)vector);
            return Entry.Idle();
        }

        if (_idle + 1 >= _cpus || _random.OneIn(8))
        {
            PassTime();
        }

        return NextStep.Idle;
    }

    // Nobody has anything to do now: on to the next timer.
    private void PassTime()
    {
        Instant next = Instant.Never;
        bool isKicked = false;
        for (int cpu = 0; cpu < _cpus; cpu++)
        {
            isKicked |= _machine.IsKicked(cpu);
            Instant timer = _machine.TimerOf(cpu);
            next = timer < next ? timer : next;
        }

        if (next != Instant.Never && next > _machine.Now && _idle + 1 >= _cpus && !isKicked)
        {
            _machine.Now = next;
        }
        else
        {
            _machine.Now += new Duration(1_000);
        }
    }

    private bool TryInterrupt(int cpu, out Vector vector)
    {
        vector = Vector.Kick;
        if (_machine.TakeKick(cpu))
        {
            return true;
        }

        vector = Vector.LocalTimer;
        return _machine.TakeTimer(cpu);
    }

    // What a toolstack would do, on CPU 0: builds guests, ends them when the play is over.
    private NextStep ActAsOperator()
    {
        Quiescence.Enter();
        foreach ((ushort id, SimulatedGuest guest) in _guests)
        {
            ref Domain domain = ref DomainList.Find(new DomainId(id));
            if (Refs.IsNull(ref domain))
            {
                _history?.Invoke($"{_machine.Now.Nanoseconds}: d{id} is gone after {guest.Steps} steps, {guest.Upcalls} upcalls");
                GuestSteps += (uint)guest.Steps;
                _guests.Remove(id);
                break;
            }

            CheckWait(guest, ref domain);
            Duration underWay = Channels.Waiting(id, _machine.Now);
            Require(domain.IsEnding || underWay.Nanoseconds < LongestNanoseconds, $"d{id}: an event is under way for {underWay.Nanoseconds} ns");
            if ((_steps <= 0 || (Kills != 0 && _random.OneIn(Kills))) && !domain.IsEnding)
            {
                Channels.Forget(id);
                DomainControl.Stop(ref domain, ShutdownReason.PowerOff);
            }
        }

        if (_guests.Count < _guestLimit && _steps > 0)
        {
            Build();
        }

        return Entry.Leave();
    }

    private void Build()
    {
        DomainId id = new(_nextId++);
        _guests.Add(id.Value, _makeGuest(id, _random.Next()));
        bool built = DomainBuilder.Build(id, s_kernel, "memory=4608K weight=300"u8).Try(out Errno error);
        Require(built, $"d{id.Value} cannot be built: {error}");
        _history?.Invoke($"{_machine.Now.Nanoseconds}: d{id.Value} built");
        Built++;
    }

    private void CheckWait(SimulatedGuest guest, ref Domain domain)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, 0);
        if (Refs.IsNull(ref vcpu) || vcpu.Runstates.State != Runstate.Runnable)
        {
            return;
        }

        ulong wait = (_machine.Now - vcpu.Runstates.Since).Nanoseconds;
        Require(wait < LongestNanoseconds, $"d{guest.Id.Value} waits for a CPU for {wait} ns");
        Require(wait < LongestIdleNanoseconds || LongestIdle.Nanoseconds < LongestIdleNanoseconds, $"d{guest.Id.Value} waits while a CPU idles");
    }

    private void Require(bool rule, string what)
    {
        if (!rule)
        {
            throw new SeedFailure(_seed, what);
        }
    }
}
