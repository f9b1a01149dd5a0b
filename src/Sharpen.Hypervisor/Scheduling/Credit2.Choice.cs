using System;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>The choice: what a CPU runs next, and until when.</summary>
public readonly partial struct Credit2<TUnits>
{
    private const ulong ShortestSlice = 500_000;
    private const ulong LongestSlice = 10_000_000;

    /// <inheritdoc/>
    public static Decision Next(ref RunQueue queue, TUnits units, int cpu, Instant now)
    {
        ref CpuSlot slot = ref queue.Slots[cpu];
        queue.Tickled = queue.Tickled.Without(cpu);
        queue.Counters.Decisions++;
        UnitId current = slot.Running;
        bool isAble = false, hasYielded = false;
        if (!current.IsNone)
        {
            Charge(ref queue, units, cpu, now);
            ref SchedulingUnit unit = ref units.At(current);
            isAble = unit.IsRunnable && unit.Allowed.Has(cpu);
            hasYielded = unit.HasYielded;
            unit.HasYielded = false;
        }

        UnitId rival = FirstFor(in queue, units, cpu);
        bool isProtected = isAble && !hasYielded && now - slot.Since < queue.RateLimit;
        if (isProtected && !rival.IsNone)
        {
            return new Decision(current, slot.Since + queue.RateLimit, RouseIfNeeded(ref queue, units));
        }

        bool stays = isAble && (rival.IsNone || (!hasYielded && IsAtLeast(in queue, units, current, rival)));
        UnitId chosen = stays ? current : rival;
        if (!stays)
        {
            Switch(ref queue, units, cpu, rival, now);
        }

        Instant until = chosen.IsNone ? Instant.Never : now + SliceOf(ref queue, units, cpu, chosen);
        return new Decision(chosen, until, RouseIfNeeded(ref queue, units));
    }

    /// <summary>The CPU gives its unit back and takes another, or idles.</summary>
    private static void Switch(ref RunQueue queue, TUnits units, int cpu, UnitId chosen, Instant now)
    {
        ref CpuSlot slot = ref queue.Slots[cpu];
        UnitId previous = slot.Running;
        if (!chosen.IsNone)
        {
            ref SchedulingUnit unit = ref units.At(chosen);
            Dequeue(ref queue, units, chosen);
            unit.Credit = Balance(in queue, in unit);
            unit.Epoch = queue.Epoch;
            unit.Place = UnitPlace.Running;
            unit.Cpu = (byte)cpu;
            unit.Since = now;
        }

        if (!previous.IsNone)
        {
            PutBack(ref queue, units, previous, now);
        }

        queue.Counters.Switches += previous == chosen ? 0UL : 1UL;
        slot.Running = chosen;
        slot.Since = now;
        slot.Charged = now;
        queue.Idle = chosen.IsNone ? queue.Idle.With(cpu) : queue.Idle.Without(cpu);
    }

    /// <summary>Fills balances if the chosen unit is exhausted, then says how long it may run.</summary>
    private static Duration SliceOf(ref RunQueue queue, TUnits units, int cpu, UnitId chosen)
    {
        ref SchedulingUnit unit = ref units.At(chosen);
        UnitId rival = FirstFor(in queue, units, cpu);
        ulong resets = Credits.ResetsNeeded(unit.Credit);
        unit.Credit = Credits.After(unit.Credit, resets);
        if (rival.IsNone)
        {
            return new Duration(LongestSlice);
        }

        if (resets != 0)
        {
            queue.Epoch += resets;
            queue.Counters.Resets++;
            unit.Epoch = queue.Epoch;
        }

        long lead = unit.Credit - Math.Max(BalanceOf(in queue, units, rival), 0);
        ulong slice = Credits.TimeToBurn(lead, unit.Weight).Nanoseconds;
        return new Duration(Math.Clamp(slice, ShortestSlice, LongestSlice));
    }

    /// <summary>The first waiting unit that may use the CPU.</summary>
    private static UnitId FirstFor(in RunQueue queue, scoped TUnits units, int cpu)
    {
        UnitId id = queue.First;
        while (!id.IsNone && !units.At(id).Allowed.Has(cpu))
        {
            id = units.At(id).Next;
        }

        return id;
    }

    private static bool IsAtLeast(in RunQueue queue, scoped TUnits units, UnitId left, UnitId right) =>
        BalanceOf(in queue, units, left) >= BalanceOf(in queue, units, right);
}
