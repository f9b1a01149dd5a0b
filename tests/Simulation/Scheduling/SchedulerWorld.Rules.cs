using System;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;

namespace Sharpen.Simulation.Scheduling;

/// <summary>What must hold after every step.</summary>
public sealed partial class SchedulerWorld<TPolicy>
{
    private const ulong Slice = 10_000_000;

    /// <summary>The longest that a unit has waited so far, in nanoseconds.</summary>
    public ulong LongestWait { get; private set; }

    /// <summary>How long a unit may wait, in nanoseconds, in the fullest state that this world has been in.</summary>
    public ulong Bound { get; private set; }

    private void CheckRules()
    {
        _steps++;
        foreach (ref RunQueue queue in _queues.AsSpan())
        {
            CheckLine(ref queue);
        }

        Bound = Math.Max(Bound, WaitBound());
        for (uint unit = 1; unit < _records.Length; unit++)
        {
            CheckUnit(unit);
        }

        for (int cpu = 0; cpu < _cpus.Length; cpu++)
        {
            if (QueueOf(cpu).Slots[RunQueue.Local(new CpuId(cpu))].Running.Value != _cpus[cpu].Unit)
            {
                throw Broken($"CPU {cpu} has unit {_cpus[cpu].Unit}, the policy thinks otherwise");
            }
        }
    }

    private void CheckDecision(int cpu, Decision decision)
    {
        uint unit = decision.Unit.Value;
        if (unit == 0)
        {
            return;
        }

        UnitRecord record = _records[unit];
        if (!record.IsAlive || !record.IsRunnable)
        {
            throw Broken($"CPU {cpu} was given unit {unit}, which does not want to run");
        }

        if (!record.IsBroken && !record.Affinity.Has(new CpuId(cpu)))
        {
            throw Broken($"CPU {cpu} was given unit {unit}, which may not use it");
        }

        if (decision.Until <= Now)
        {
            throw Broken($"CPU {cpu} was given a slice of nothing");
        }

        if (TPolicy.IsWorkConserving && _ledger[unit] <= 0 && Balance(unit) > 0)
        {
            _ledger.RefillIfExhausted(unit);
            CheckNoRival(cpu);
        }
    }

    private void CheckNoRival(int cpu)
    {
        ref RunQueue queue = ref QueueOf(cpu);
        for (UnitId id = queue.First; !id.IsNone; id = _units.At(id).Next)
        {
            if (_units.At(id).Allowed.Has(RunQueue.Local(new CpuId(cpu))))
            {
                throw Broken($"CPU {cpu}'s unit was filled alone though unit {id.Value} waits for that CPU");
            }
        }
    }

    private void CheckLine(ref RunQueue queue)
    {
        int length = 0;
        long best = long.MaxValue;
        for (UnitId id = queue.First; !id.IsNone; id = _units.At(id).Next)
        {
            ref SchedulingUnit unit = ref _units.At(id);
            if (++length > _records.Length || unit.Home != queue.Index || unit.Place != UnitPlace.Waiting)
            {
                throw Broken($"the line of queue {queue.Index} is damaged at unit {id.Value}");
            }

            if (TPolicy.IsWorkConserving && Balance(id.Value) > best)
            {
                throw Broken($"unit {id.Value} waits behind a poorer one");
            }

            best = Balance(id.Value);
        }

        if (length != queue.Waiting)
        {
            throw Broken($"queue {queue.Index} counts {queue.Waiting} waiting units and has {length}");
        }
    }

    private long Balance(uint unit) => Credits.After(_storage[unit].Credit, HomeOf(unit).Epoch - _storage[unit].Epoch);

    private void CheckUnit(uint unit)
    {
        UnitRecord record = _records[unit];
        ref SchedulingUnit state = ref _storage[unit];
        if (!record.IsAlive)
        {
            return;
        }

        UnitPlace expected = record.Cpu >= 0 ? UnitPlace.Running : record.IsRunnable ? UnitPlace.Waiting : UnitPlace.Asleep;
        if (state.Place != expected)
        {
            throw Broken($"unit {unit} should be {expected} and is {state.Place}: lost");
        }

        if (expected == UnitPlace.Waiting)
        {
            CheckWaiter(unit, record, ref state);
        }

        if (TPolicy.IsWorkConserving && Balance(unit) != _ledger[unit])
        {
            throw Broken($"unit {unit} has {Balance(unit)} credits and should have {_ledger[unit]}");
        }
    }

    private void CheckWaiter(uint unit, UnitRecord record, ref SchedulingUnit state)
    {
        if (TPolicy.IsWorkConserving != state.IsLinked && TPolicy.IsWorkConserving)
        {
            throw Broken($"unit {unit} waits in no line: lost");
        }

        ulong waited = _now - record.WaitingSince;
        LongestWait = Math.Max(LongestWait, waited);
        if (TPolicy.IsWorkConserving && waited > Bound)
        {
            throw Broken($"unit {unit} has waited {waited} ns, the bound is {Bound}");
        }

        CheckNoIdleCpu(unit, record, ref state);
    }

    /// <summary>No CPU idles that should take this unit, unless a kick is on its way to one that may: if it finds better, it sends another.</summary>
    private void CheckNoIdleCpu(uint unit, UnitRecord record, ref SchedulingUnit state)
    {
        int idle = -1;
        for (int cpu = 0; cpu < _cpus.Length; cpu++)
        {
            int local = RunQueue.Local(new CpuId(cpu));
            bool isAble = _cpus[cpu].IsOnline && _cpus[cpu].Unit == 0 && (RunQueue.Of(new CpuId(cpu)) == state.Home
                ? TPolicy.Serves(ref QueueOf(cpu), _units, local, new UnitId(unit))
                : state.IsLinked && record.Affinity.Has(new CpuId(cpu)) && TPolicy.MayPull(ref QueueOf(cpu), local));
            bool isComing = _cpus[cpu].KickAt != ulong.MaxValue && _cpus[cpu].Unit == 0 && (isAble || record.Affinity.Has(new CpuId(cpu)));
            if (isComing)
            {
                return;
            }

            idle = isAble ? cpu : idle;
        }

        if (idle >= 0)
        {
            throw Broken($"CPU {idle} idles while unit {unit} waits");
        }
    }

    /// <summary>A unit in the deepest debt sees others burn a few measures each, one after the other, on the one CPU that it may use.</summary>
    private ulong WaitBound()
    {
        ulong measures = 0;
        ulong least = ulong.MaxValue;
        ulong count = 0;
        foreach (UnitRecord record in _records)
        {
            if (record.IsAlive)
            {
                measures += Slice * record.Weight / SchedulingUnit.DefaultWeight;
                least = Math.Min(least, record.Weight);
                count++;
            }
        }

        return count == 0 ? 0 : (((SchedulingUnit.DefaultWeight / least) + 2) * measures) + (count * Slice);
    }
}
