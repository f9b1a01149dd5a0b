using System;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;

namespace Sharpen.Simulation.Scheduling;

/// <summary>The dispatcher's part: decisions, kicks, pulls, moves.</summary>
public sealed partial class SchedulerWorld<TPolicy>
{
    private ref RunQueue QueueOf(int cpu) => ref _queues[RunQueue.Of(new CpuId(cpu))];

    private ref RunQueue HomeOf(uint unit) => ref _queues[_storage[unit].Home];

    /// <summary>The CPU asks what to run, and pulls from other queues if its own has nothing.</summary>
    private void Decide(int cpu)
    {
        CpuRecord record = _cpus[cpu];
        record.KickAt = ulong.MaxValue;
        record.Until = ulong.MaxValue;
        uint previous = record.Unit;
        Count(previous);
        Decision decision = AskOnce(cpu);
        for (int other = 0; decision.Unit.IsNone && other < _queues.Length; other++)
        {
            if (other != RunQueue.Of(new CpuId(cpu)) && Pull(ref _queues[other], cpu))
            {
                decision = AskOnce(cpu);
            }
        }

        if (previous == 0 && record.Unit != 0)
        {
            OfferSiblings(cpu);
        }

        record.Until = decision.Until == Instant.Never ? ulong.MaxValue : decision.Until.Nanoseconds + _random.Below(5_000UL);
        CheckDecision(cpu, decision);
        if (previous != 0 && previous != record.Unit && _records[previous].IsRunnable && IsStranded(previous))
        {
            Rehome(previous);
        }
    }

    /// <summary>The CPU may have been kicked for another queue's sake and be busy, or gone, by now: an idle sibling goes in its place.</summary>
    private void OfferSiblings(int cpu)
    {
        ref RunQueue own = ref QueueOf(cpu);
        for (int other = 0; !own.Idle.IsEmpty && other < _queues.Length; other++)
        {
            if (other != own.Index && _queues[other].Waiting > 0)
            {
                Offer(ref _queues[other], ref own);
            }
        }
    }

    private void Offer(ref RunQueue from, ref RunQueue to)
    {
        int cpu = RunQueues<TPolicy, UnitArray>.Offer(ref from, ref to, _units);
        if (cpu >= 0)
        {
            Send(to.Global(cpu).Value);
        }
    }

    private Decision AskOnce(int cpu)
    {
        ref RunQueue queue = ref QueueOf(cpu);
        ulong epoch = queue.Epoch;
        Decision decision = TPolicy.Next(ref queue, _units, RunQueue.Local(new CpuId(cpu)), Now);
        TakeOver(cpu, decision.Unit.Value);
        ulong resets = queue.Epoch - epoch;
        for (uint unit = 1; resets > 0 && unit < _records.Length; unit++)
        {
            if (_records[unit].IsAlive && _storage[unit].Home == queue.Index)
            {
                _ledger.Reset(unit, resets, _records[unit].Cpu >= 0 && unit != decision.Unit.Value);
            }
        }

        Kick(ref queue, decision.Kick);
        return decision;
    }

    /// <summary>Keeps the record of who runs where.</summary>
    private void TakeOver(int cpu, uint unit)
    {
        CpuRecord record = _cpus[cpu];
        if (record.Unit == unit)
        {
            return;
        }

        Note($"cpu {cpu}: unit {record.Unit} -> {unit}");
        if (record.Unit != 0)
        {
            UnitRecord leaver = _records[record.Unit];
            leaver.Cpu = -1;
            leaver.WaitingSince = _now;
            leaver.AsleepSince = _now;
        }

        record.Unit = unit;
        if (unit != 0)
        {
            UnitRecord comer = _records[unit];
            if (comer.Cpu >= 0)
            {
                throw Broken($"unit {unit} is on CPU {comer.Cpu} and was given to CPU {cpu}");
            }

            comer.Cpu = cpu;
            comer.CountedTo = _now;
        }
    }

    private void Count(uint unit)
    {
        if (unit != 0)
        {
            UnitRecord record = _records[unit];
            _ledger.Ran(unit, _now - record.CountedTo, record.Weight);
            record.Total += _now - record.CountedTo;
            record.CountedTo = _now;
        }
    }

    /// <summary>Kicks arrive a little later; and a unit that still waits is offered to the other queues.</summary>
    private void Kick(ref RunQueue queue, QueueCpus cpus)
    {
        for (; !cpus.IsEmpty; cpus = cpus.Without(cpus.First))
        {
            Send(queue.Global(cpus.First).Value);
        }

        for (int other = 0; queue.Waiting > 0 && other < _queues.Length; other++)
        {
            if (other != queue.Index)
            {
                Offer(ref queue, ref _queues[other]);
            }
        }
    }

    private void Send(int cpu)
    {
        if (!_cpus[cpu].IsOnline)
        {
            throw Broken($"CPU {cpu} was kicked and takes no part");
        }

        _cpus[cpu].KickAt = Math.Min(_cpus[cpu].KickAt, _now + 1 + _random.Below(20_000UL));
    }

    private bool Pull(ref RunQueue from, int cpu)
    {
        ref RunQueue to = ref QueueOf(cpu);
        bool pulled = RunQueues<TPolicy, UnitArray>.TryPull(ref from, ref to, _units, new CpuId(cpu), Now, out QueueCpus kick);
        if (pulled)
        {
            Note($"cpu {cpu}: pulled from queue {from.Index}");
            Kick(ref to, kick);
            Kick(ref from, QueueCpus.None);
        }

        return pulled;
    }

    private bool IsStranded(uint unit) => RunQueues<TPolicy, UnitArray>.IsStranded(ref HomeOf(unit), _units, new UnitId(unit));

    /// <summary>Moves a unit that is not running to the queue that suits it best.</summary>
    private void Rehome(uint unit)
    {
        if (_storage[unit].Place == UnitPlace.Asleep)
        {
            _ledger.Slept(unit, _now - _records[unit].AsleepSince);
            _records[unit].AsleepSince = _now;
        }

        ref RunQueue old = ref HomeOf(unit);
        Kick(ref old, TPolicy.Part(ref old, _units, new UnitId(unit), Now));
        Settle(unit);
    }

    private void Settle(uint unit)
    {
        HomeChoice choice = default;
        foreach (ref RunQueue queue in _queues.AsSpan())
        {
            choice.Consider(in queue, in _storage[unit].Affinity, in _storage[unit].Liked);
        }

        if (!choice.TryGet(out int home, out QueueCpus allowed))
        {
            throw Broken("no CPU takes part");
        }

        _records[unit].IsBroken = choice.IsBroken;
        Note($"unit {unit}: lives in queue {home}, cpus {allowed.Bits:x}");
        Kick(ref _queues[home], TPolicy.Join(ref _queues[home], _units, new UnitId(unit), allowed, Now));
    }

    private void BringOnline(int cpu)
    {
        Note($"cpu {cpu}: online");
        _cpus[cpu].IsOnline = true;
        TPolicy.Online(ref QueueOf(cpu), _units, RunQueue.Local(new CpuId(cpu)), Now);
        Decide(cpu);
    }

    private void TakeOffline(int cpu)
    {
        Note($"cpu {cpu}: offline");
        CpuRecord record = _cpus[cpu];
        ref RunQueue queue = ref QueueOf(cpu);
        Count(record.Unit);
        QueueCpus kick = TPolicy.Offline(ref queue, _units, RunQueue.Local(new CpuId(cpu)), Now);
        TakeOver(cpu, 0);
        record.IsOnline = false;
        record.Until = ulong.MaxValue;
        record.KickAt = ulong.MaxValue;
        Kick(ref queue, kick);
        OfferSiblings(cpu);
        for (UnitId id = NextStranded(ref queue); !id.IsNone; id = NextStranded(ref queue))
        {
            Rehome(id.Value);
        }
    }

    private UnitId NextStranded(ref RunQueue queue) => RunQueues<TPolicy, UnitArray>.FindStranded(ref queue, _units);
}
