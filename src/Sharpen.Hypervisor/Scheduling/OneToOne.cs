using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>The policy that users call <c>null</c>: a unit is given a CPU for good, and there is nothing left to decide.</summary>
/// <remarks>
/// A unit keeps its CPU while it sleeps; that CPU then idles. A unit that wakes and finds no free CPU among those it may use waits in line,
/// first come first served, until one is freed: by a unit that leaves, moves, or by a CPU that comes. There are no slices and no weights.
/// An assignment changes only while the unit is not running.
/// </remarks>
/// <typeparam name="TUnits">Where the units are.</typeparam>
public readonly partial struct OneToOne<TUnits> : ISchedulerPolicy<TUnits>
    where TUnits : struct, IUnitTable, allows ref struct
{
    /// <inheritdoc/>
    public static bool IsWorkConserving => false;

    /// <inheritdoc/>
    public static void Online(ref RunQueue queue, TUnits units, int cpu, Instant now)
    {
        queue.Slots[cpu] = new CpuSlot { Since = now, Charged = now };
        queue.Online = queue.Online.With(cpu);
        queue.Idle = queue.Idle.With(cpu);
        queue.Tickled = queue.Tickled.With(cpu);
    }

    /// <inheritdoc/>
    public static QueueCpus Offline(ref RunQueue queue, TUnits units, int cpu, Instant now)
    {
        UnitId assigned = queue.Slots[cpu].Assigned;
        PutBack(ref queue, units, queue.Slots[cpu].Running, now);
        queue.Online = queue.Online.Without(cpu);
        queue.Idle = queue.Idle.Without(cpu);
        queue.Tickled = queue.Tickled.Without(cpu);
        QueueCpus kick = assigned.IsNone ? QueueCpus.None : Displace(ref queue, units, assigned);
        queue.Slots[cpu] = default;
        return kick;
    }

    /// <inheritdoc/>
    public static QueueCpus Join(ref RunQueue queue, TUnits units, UnitId id, QueueCpus allowed, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        unit.Home = queue.Index;
        unit.Allowed = allowed;
        unit.Place = unit.IsRunnable ? UnitPlace.Waiting : UnitPlace.Asleep;
        unit.Since = now;
        queue.Members++;
        return Assign(ref queue, units, id);
    }

    /// <inheritdoc/>
    public static QueueCpus Part(ref RunQueue queue, TUnits units, UnitId id, Instant now)
    {
        QueueCpus freed = Release(ref queue, units, id);
        units.At(id).Place = UnitPlace.Away;
        queue.Members--;
        return freed;
    }

    /// <inheritdoc/>
    public static QueueCpus Wake(ref RunQueue queue, TUnits units, UnitId id, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        unit.IsRunnable = true;
        if (unit.Place != UnitPlace.Asleep)
        {
            return QueueCpus.None;
        }

        unit.Place = UnitPlace.Waiting;
        unit.Since = now;
        queue.Counters.Wakes++;
        return unit.IsAssigned ? Tickle(ref queue, unit.Cpu) : Assign(ref queue, units, id);
    }

    /// <inheritdoc/>
    public static QueueCpus Sleep(ref RunQueue queue, TUnits units, UnitId id, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        unit.IsRunnable = false;
        if (unit.Place == UnitPlace.Running)
        {
            return Tickle(ref queue, unit.Cpu);
        }

        if (unit.Place == UnitPlace.Waiting)
        {
            LeaveLine(ref queue, units, id);
            unit.Place = UnitPlace.Asleep;
            unit.Since = now;
        }

        return QueueCpus.None;
    }

    /// <inheritdoc/>
    public static void Yield(ref RunQueue queue, TUnits units, UnitId id)
    {
    }

    /// <inheritdoc/>
    public static QueueCpus Restrict(ref RunQueue queue, TUnits units, UnitId id, QueueCpus allowed, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        unit.Allowed = allowed;
        if (unit.IsAssigned && allowed.Has(unit.Cpu))
        {
            return QueueCpus.None;
        }

        return unit.Place == UnitPlace.Running ? Tickle(ref queue, unit.Cpu) : Displace(ref queue, units, id);
    }

    /// <inheritdoc/>
    public static void Reweigh(ref RunQueue queue, TUnits units, UnitId id, ushort weight, Instant now) => units.At(id).Weight = weight;

    /// <inheritdoc/>
    public static Decision Next(ref RunQueue queue, TUnits units, int cpu, Instant now)
    {
        ref CpuSlot slot = ref queue.Slots[cpu];
        queue.Tickled = queue.Tickled.Without(cpu);
        queue.Counters.Decisions++;
        UnitId previous = slot.Running;
        PutBack(ref queue, units, previous, now);
        QueueCpus kick = QueueCpus.None;
        if (!slot.Assigned.IsNone && !units.At(slot.Assigned).Allowed.Has(cpu))
        {
            kick = Displace(ref queue, units, slot.Assigned) - QueueCpus.Only(cpu);
            queue.Tickled = queue.Tickled.Without(cpu);
        }

        TakeFromLine(ref queue, units, cpu);
        UnitId chosen = !slot.Assigned.IsNone && units.At(slot.Assigned).IsRunnable ? slot.Assigned : UnitId.None;
        if (!chosen.IsNone)
        {
            units.At(chosen).Place = UnitPlace.Running;
        }

        slot.Since = chosen == previous ? slot.Since : now;
        slot.Running = chosen;
        queue.Counters.Switches += chosen == previous ? 0UL : 1UL;
        queue.Idle = chosen.IsNone ? queue.Idle.With(cpu) : queue.Idle.Without(cpu);
        return new Decision(chosen, Instant.Never, kick);
    }

    /// <inheritdoc/>
    public static bool MayPull(ref RunQueue queue, int cpu) => queue.Slots[cpu].Assigned.IsNone;

    /// <inheritdoc/>
    public static UnitId FindFor(ref RunQueue queue, TUnits units, CpuId thief)
    {
        UnitId id = queue.First;
        while (!id.IsNone && !units.At(id).Affinity.Has(thief))
        {
            id = units.At(id).Next;
        }

        return id;
    }

    /// <inheritdoc/>
    public static bool Serves(ref RunQueue queue, TUnits units, int cpu, UnitId id)
    {
        ref SchedulingUnit unit = ref units.At(id);
        return unit.IsAssigned ? unit.Cpu == cpu : queue.Slots[cpu].Assigned.IsNone && unit.Allowed.Has(cpu);
    }
}
