using System;
using System.Linq;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;
using Sharpen.Simulation.Seeds;

namespace Sharpen.Simulation.Scheduling;

/// <summary>A host made of nothing but a policy: CPUs, units and time come from the seed, and rules are checked after every step.</summary>
/// <remarks>
/// The world plays the dispatcher's part: it delivers kicks (a little late), ends slices (a little late), pulls units between queues and
/// moves stranded ones, with the same pure functions that the dispatcher uses. It keeps its own record of who runs where, and of all credits.
/// </remarks>
public sealed partial class SchedulerWorld<TPolicy>
    where TPolicy : struct, ISchedulerPolicy<UnitArray>
{
    private const ulong RateLimit = 1_000_000;
    private const ulong ShareSeeds = 4;

    private readonly ulong _seed;
    private readonly SeededRandom _random;
    private readonly Action<string>? _history;
    private readonly SchedulingUnit[] _storage;
    private readonly UnitArray _units;
    private readonly UnitRecord[] _records;
    private readonly CpuRecord[] _cpus;
    private readonly RunQueue[] _queues;
    private readonly CreditLedger _ledger;
    private ulong _now = 1;
    private int _steps;

    /// <summary>Builds the world of one seed.</summary>
    /// <param name="history">Takes a line for each thing that happens, or null.</param>
    public SchedulerWorld(ulong seed, Action<string>? history)
        : this(seed, CpusOf(seed), 0, history)
    {
    }

    /// <summary>Builds a world of a given size.</summary>
    /// <param name="units">How many units at most; 0 leaves it to the seed.</param>
    public SchedulerWorld(ulong seed, int cpus, int units, Action<string>? history)
    {
        _seed = seed;
        _history = history;
        _random = new SeededRandom(seed);
        units = units == 0 ? 1 + _random.Below(Math.Min((cpus * 3) + 2, 48)) : units;
        _storage = new SchedulingUnit[units + 1];
        _units = new UnitArray(_storage);
        _records = [.. Enumerable.Range(0, units + 1).Select(_ => new UnitRecord())];
        _cpus = [.. Enumerable.Range(0, cpus).Select(_ => new CpuRecord())];
        _queues = new RunQueue[RunQueue.Of(new CpuId(cpus - 1)) + 1];
        _ledger = new CreditLedger(units + 1);
        for (int queue = 0; queue < _queues.Length; queue++)
        {
            _queues[queue].Index = (ushort)queue;
            _queues[queue].RateLimit = new Duration(RateLimit);
        }

        BringOnline(0);
        for (int cpu = 1; cpu < cpus; cpu++)
        {
            if (!_random.OneIn(8))
            {
                BringOnline(cpu);
            }
        }
    }

    private Instant Now => new(_now);

    /// <summary>Plays so many steps of random life, then, for every fourth seed, on a host of one queue, measures shares.</summary>
    public void Play(int steps)
    {
        ulong nextAct = 0;
        for (int step = 0; step < steps; step++)
        {
            int due = NextDue();
            if (_cpus[due].Due < nextAct)
            {
                Attend(due);
            }
            else
            {
                _now = Math.Max(_now, nextAct);
                Act();
                nextAct = _now + _random.Below(_random.OneIn(20) ? 20_000_000UL : 600_000UL);
            }

            CheckRules();
        }

        if (_seed % ShareSeeds == 0 && _queues.Length == 1 && TPolicy.IsWorkConserving)
        {
            MeasureShares();
        }
    }

    /// <summary>Wakes every unit on every CPU, lets so many decisions pass, and checks the rules once.</summary>
    public void PlayWide(int decisions)
    {
        for (int cpu = 0; cpu < _cpus.Length; cpu++)
        {
            if (!_cpus[cpu].IsOnline)
            {
                BringOnline(cpu);
            }
        }

        for (uint unit = 1; unit < _records.Length; unit++)
        {
            Create(unit);
        }

        for (int decision = 0; decision < decisions; decision++)
        {
            Attend(NextDue());
        }

        CheckRules();
    }

    private static int CpusOf(ulong seed)
    {
        SeededRandom random = new(~seed);
        return random.Below(8) switch
        {
            < 5 => 1 + random.Below(6),
            < 7 => 1 + random.Below(QueueCpus.Limit),
            _ => QueueCpus.Limit + 1 + random.Below(24),
        };
    }

    private int NextDue()
    {
        int best = 0;
        for (int cpu = 1; cpu < _cpus.Length; cpu++)
        {
            best = _cpus[cpu].Due < _cpus[best].Due ? cpu : best;
        }

        return best;
    }

    /// <summary>Lets time pass until a CPU is due, and lets it decide.</summary>
    private void Attend(int cpu)
    {
        _now = Math.Max(_now, _cpus[cpu].Due);
        Decide(cpu);
    }

    private void Note(string what) => _history?.Invoke($"{_steps,6} {_now / 1000,9} us  {what}");

    private SeedFailure Broken(string rule) => new(_seed, $"step {_steps} at {_now} ns: {rule}");
}
