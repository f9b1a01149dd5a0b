using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>Balances, and the line that is ordered by them.</summary>
public readonly partial struct Credit2<TUnits>
{
    /// <summary>A unit's balance with the resets it has not seen yet.</summary>
    internal static long Balance(in RunQueue queue, in SchedulingUnit unit) => Credits.After(unit.Credit, queue.Epoch - unit.Epoch);

    private static long BalanceOf(in RunQueue queue, scoped TUnits units, UnitId id) => Balance(in queue, in units.At(id));

    /// <summary>A sleeper's credit after so long: debt shrinks, wealth does not grow beyond a measure.</summary>
    private static long Forgive(long credit, Duration slept)
    {
        long forgiven = Credits.Forgiven(slept);
        return credit >= Credits.Full - forgiven ? Credits.Full : credit + forgiven;
    }

    /// <summary>The unit on a CPU pays for what it has run; it ran before the resets that came meanwhile.</summary>
    private static void Charge(ref RunQueue queue, scoped TUnits units, int cpu, Instant now)
    {
        ref CpuSlot slot = ref queue.Slots[cpu];
        ref SchedulingUnit unit = ref units.At(slot.Running);
        unit.Credit -= Credits.Burned(now - slot.Charged, unit.Weight);
        unit.Credit = Balance(in queue, in unit);
        unit.Epoch = queue.Epoch;
        slot.Charged = now;
    }

    /// <summary>A unit that a CPU gives up waits again, behind its equals, or sleeps.</summary>
    private static void PutBack(ref RunQueue queue, scoped TUnits units, UnitId id, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        unit.HasYielded = false;
        unit.Since = now;
        if (!unit.IsRunnable)
        {
            unit.Place = UnitPlace.Asleep;
            return;
        }

        long credit = Balance(in queue, in unit);
        UnitId after = queue.Last;
        while (!after.IsNone && BalanceOf(in queue, units, after) < credit)
        {
            after = units.At(after).Previous;
        }

        WaitingLine<TUnits>.InsertBefore(ref queue, units, id, after.IsNone ? queue.First : units.At(after).Next);
        unit.Place = UnitPlace.Waiting;
        queue.Waiting++;
    }

    /// <summary>A waker waits, behind its equals; it is likely to be rich, so its place is looked for from the front.</summary>
    private static void Enqueue(ref RunQueue queue, scoped TUnits units, UnitId id, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        long credit = Balance(in queue, in unit);
        UnitId before = queue.First;
        while (!before.IsNone && BalanceOf(in queue, units, before) >= credit)
        {
            before = units.At(before).Next;
        }

        WaitingLine<TUnits>.InsertBefore(ref queue, units, id, before);
        unit.Place = UnitPlace.Waiting;
        unit.Since = now;
        queue.Waiting++;
        queue.Counters.Wakes++;
    }

    private static void Dequeue(ref RunQueue queue, scoped TUnits units, UnitId id)
    {
        WaitingLine<TUnits>.Remove(ref queue, units, id);
        queue.Waiting--;
    }
}
