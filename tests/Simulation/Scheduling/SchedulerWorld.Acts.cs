using System;
using System.Linq;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;

namespace Sharpen.Simulation.Scheduling;

/// <summary>What may happen: units come, go, wake, block and yield; weights, affinities and CPUs change.</summary>
public sealed partial class SchedulerWorld<TPolicy>
{
    private static readonly ushort[] s_weights = [64, 128, 256, 256, 256, 512, 1024];

    private void Act()
    {
        uint unit = 1 + (uint)_random.Below(_records.Length - 1);
        int cpu = _random.Below(_cpus.Length);
        UnitRecord record = _records[unit];
        int kind = _random.Below(100);
        if (!record.IsAlive)
        {
            Create(unit);
        }
        else if (kind < 40)
        {
            Wake(unit);
        }
        else if (kind < 65)
        {
            Block(cpu);
        }
        else if (kind < 70)
        {
            Pause(unit);
        }
        else if (kind < 82)
        {
            Yield(cpu);
        }
        else if (kind < 88)
        {
            Reweigh(unit);
        }
        else if (kind < 92)
        {
            Restrict(unit);
        }
        else if (kind < 95)
        {
            Plug(cpu);
        }
        else if (kind < 97)
        {
            Destroy(unit);
        }
    }

    private void Create(uint unit)
    {
        UnitRecord record = _records[unit];
        ushort weight = s_weights[_random.Below(s_weights.Length)];
        Note($"unit {unit}: created, weight {weight}");
        _storage[unit].Prepare(weight);
        record.IsAlive = true;
        record.IsRunnable = false;
        record.Weight = weight;
        record.Affinity = _storage[unit].Affinity;
        record.AsleepSince = _now;
        _ledger.Open(unit);
        Settle(unit);
        Wake(unit);
    }

    private void Destroy(uint unit)
    {
        if (_records[unit].Cpu >= 0)
        {
            return;
        }

        Note($"unit {unit}: destroyed");
        ref RunQueue queue = ref HomeOf(unit);
        Kick(ref queue, TPolicy.Sleep(ref queue, _units, new UnitId(unit), Now));
        Kick(ref queue, TPolicy.Part(ref queue, _units, new UnitId(unit), Now));
        _records[unit].IsAlive = false;
        _records[unit].IsRunnable = false;
    }

    private void Wake(uint unit)
    {
        UnitRecord record = _records[unit];
        if (_storage[unit].Place == UnitPlace.Asleep && IsStranded(unit))
        {
            Rehome(unit);
        }

        Note($"unit {unit}: wakes");
        if (!record.IsRunnable && record.Cpu < 0)
        {
            _ledger.Slept(unit, _now - record.AsleepSince);
            record.WaitingSince = _now;
        }

        record.IsRunnable = true;
        ref RunQueue queue = ref HomeOf(unit);
        Kick(ref queue, TPolicy.Wake(ref queue, _units, new UnitId(unit), Now));
    }

    private void Block(int cpu)
    {
        uint unit = _cpus[cpu].Unit;
        if (unit != 0)
        {
            Note($"unit {unit}: blocks on cpu {cpu}");
            _records[unit].IsRunnable = false;
            ref RunQueue queue = ref HomeOf(unit);
            Kick(ref queue, TPolicy.Sleep(ref queue, _units, new UnitId(unit), Now));
            Decide(cpu);
        }
    }

    private void Pause(uint unit)
    {
        UnitRecord record = _records[unit];
        Note($"unit {unit}: paused");
        if (record.IsRunnable && record.Cpu < 0)
        {
            record.AsleepSince = _now;
        }

        record.IsRunnable = false;
        ref RunQueue queue = ref HomeOf(unit);
        Kick(ref queue, TPolicy.Sleep(ref queue, _units, new UnitId(unit), Now));
    }

    private void Yield(int cpu)
    {
        uint unit = _cpus[cpu].Unit;
        if (unit != 0)
        {
            Note($"unit {unit}: yields cpu {cpu}");
            TPolicy.Yield(ref QueueOf(cpu), _units, new UnitId(unit));
            Decide(cpu);
        }
    }

    private void Reweigh(uint unit)
    {
        UnitRecord record = _records[unit];
        ushort weight = s_weights[_random.Below(s_weights.Length)];
        Note($"unit {unit}: weight {weight}");
        Count(record.Cpu >= 0 ? unit : 0);
        record.Weight = weight;
        TPolicy.Reweigh(ref HomeOf(unit), _units, new UnitId(unit), weight, Now);
    }

    private void Restrict(uint unit)
    {
        CpuMask mask = default;
        if (_random.OneIn(3))
        {
            mask.Fill();
        }

        for (int count = 1 + _random.Below(3); count > 0; count--)
        {
            mask.Add(new CpuId(_random.Below(_cpus.Length)));
        }

        SetAffinity(unit, in mask);
    }

    private void SetAffinity(uint unit, in CpuMask mask)
    {
        Note($"unit {unit}: affinity {string.Join(',', Enumerable.Range(0, _cpus.Length).Where(Has(mask)))}");
        _records[unit].Affinity = mask;
        _records[unit].IsBroken = false;
        _storage[unit].Affinity = mask;
        ref RunQueue queue = ref HomeOf(unit);
        Kick(ref queue, TPolicy.Restrict(ref queue, _units, new UnitId(unit), new QueueCpus(mask.Sixteen(queue.Index)), Now));
        if (_records[unit].Cpu < 0 && IsStranded(unit))
        {
            Rehome(unit);
        }
    }

    private static Func<int, bool> Has(CpuMask mask) => cpu => mask.Has(new CpuId(cpu));

    private void Plug(int cpu)
    {
        if (!_cpus[cpu].IsOnline)
        {
            BringOnline(cpu);
        }
        else if (_cpus.Count(other => other.IsOnline) > 1)
        {
            TakeOffline(cpu);
        }
    }
}
