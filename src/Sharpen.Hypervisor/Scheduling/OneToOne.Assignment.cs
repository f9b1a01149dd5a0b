using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>Who has which CPU, and who waits for one.</summary>
public readonly partial struct OneToOne<TUnits>
{
    /// <summary>Gives a unit that has no CPU a free one, or lets it wait in line if it wants to run.</summary>
    private static QueueCpus Assign(ref RunQueue queue, scoped TUnits units, UnitId id)
    {
        ref SchedulingUnit unit = ref units.At(id);
        int cpu = FreeCpu(ref queue, unit.Allowed & queue.Online, unit.Cpu);
        if (cpu >= 0)
        {
            queue.Slots[cpu].Assigned = id;
            unit.Cpu = (byte)cpu;
            unit.IsAssigned = true;
            return unit.IsRunnable ? Tickle(ref queue, cpu) : QueueCpus.None;
        }

        if (unit.IsRunnable && !unit.IsLinked)
        {
            WaitingLine<TUnits>.InsertBefore(ref queue, units, id, UnitId.None);
            queue.Waiting++;
        }

        return QueueCpus.None;
    }

    private static int FreeCpu(ref RunQueue queue, QueueCpus among, int preferred)
    {
        int found = -1;
        while (!among.IsEmpty)
        {
            int cpu = among.First;
            among = among.Without(cpu);
            bool isFree = queue.Slots[cpu].Assigned.IsNone;
            found = isFree && (found < 0 || cpu == preferred) ? cpu : found;
        }

        return found;
    }

    /// <summary>Takes a unit's CPU away; that CPU then looks for another unit, here or in another queue.</summary>
    private static QueueCpus Release(ref RunQueue queue, scoped TUnits units, UnitId id)
    {
        LeaveLine(ref queue, units, id);
        ref SchedulingUnit unit = ref units.At(id);
        if (!unit.IsAssigned)
        {
            return QueueCpus.None;
        }

        unit.IsAssigned = false;
        queue.Slots[unit.Cpu].Assigned = UnitId.None;
        return queue.Online.Has(unit.Cpu) ? Tickle(ref queue, unit.Cpu) : QueueCpus.None;
    }

    private static QueueCpus Displace(ref RunQueue queue, scoped TUnits units, UnitId id)
    {
        QueueCpus freed = Release(ref queue, units, id);
        return freed | Assign(ref queue, units, id);
    }

    private static void TakeFromLine(ref RunQueue queue, scoped TUnits units, int cpu)
    {
        UnitId id = queue.Slots[cpu].Assigned.IsNone ? queue.First : UnitId.None;
        while (!id.IsNone && !units.At(id).Allowed.Has(cpu))
        {
            id = units.At(id).Next;
        }

        if (!id.IsNone)
        {
            LeaveLine(ref queue, units, id);
            ref SchedulingUnit unit = ref units.At(id);
            queue.Slots[cpu].Assigned = id;
            unit.Cpu = (byte)cpu;
            unit.IsAssigned = true;
        }
    }

    private static void LeaveLine(ref RunQueue queue, scoped TUnits units, UnitId id)
    {
        if (units.At(id).IsLinked)
        {
            WaitingLine<TUnits>.Remove(ref queue, units, id);
            queue.Waiting--;
        }
    }

    /// <summary>The CPU's unit is off it: it waits for the same CPU, or sleeps.</summary>
    private static void PutBack(ref RunQueue queue, scoped TUnits units, UnitId id, Instant now)
    {
        if (!id.IsNone)
        {
            ref SchedulingUnit unit = ref units.At(id);
            unit.Place = unit.IsRunnable ? UnitPlace.Waiting : UnitPlace.Asleep;
            unit.Since = unit.IsRunnable ? unit.Since : now;
        }
    }

    private static QueueCpus Tickle(ref RunQueue queue, int cpu)
    {
        QueueCpus fresh = QueueCpus.Only(cpu) - queue.Tickled;
        queue.Tickled |= fresh;
        queue.Counters.Kicks += (ulong)fresh.Count;
        return fresh;
    }
}
