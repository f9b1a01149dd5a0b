using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>Shares by weight: who has burned least, for its weight, runs next.</summary>
/// <remarks>
/// Each unit has a balance of credits. Running burns it, faster for a small weight. The line of waiting units is ordered by balance;
/// a CPU takes the first that may use it, unless the unit it has is better still. When even the best is exhausted, every member's
/// balance is filled by one measure, none above one measure: that is a reset. It only counts up the queue's epoch; a unit's balance is
/// brought up to date when it is next looked at, and because filling keeps the order, the line needs no sorting.
/// A unit with no rival for its CPU is filled alone: what it runs costs nobody anything.
/// A slice lasts until the rival would be better, at least the rate limit (or 0.5 ms) and at most 10 ms.
/// A waker goes to an idle CPU, if it may use one; else it interrupts the poorest unit that is clearly poorer than itself.
/// Known limit: a unit confined to few CPUs can make resets frequent, and with them the shares of the others coarser.
/// </remarks>
/// <typeparam name="TUnits">Where the units are.</typeparam>
public readonly partial struct Credit2<TUnits> : ISchedulerPolicy<TUnits>
    where TUnits : struct, IUnitTable, allows ref struct
{
    /// <inheritdoc/>
    public static bool IsWorkConserving => true;

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
        ref CpuSlot slot = ref queue.Slots[cpu];
        UnitId current = slot.Running;
        if (!current.IsNone)
        {
            Charge(ref queue, units, cpu, now);
            PutBack(ref queue, units, current, now);
        }

        slot = default;
        queue.Online = queue.Online.Without(cpu);
        queue.Idle = queue.Idle.Without(cpu);
        queue.Tickled = queue.Tickled.Without(cpu);
        return Rouse(ref queue, units);
    }

    /// <inheritdoc/>
    public static QueueCpus Join(ref RunQueue queue, TUnits units, UnitId id, QueueCpus allowed, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        unit.Home = queue.Index;
        unit.Allowed = allowed;
        unit.Cpu = allowed.Has(unit.Cpu) ? unit.Cpu : (byte)allowed.First;
        unit.Epoch = queue.Epoch;
        unit.Place = UnitPlace.Asleep;
        queue.Members++;
        if (!unit.IsRunnable)
        {
            unit.Since = now;
            return QueueCpus.None;
        }

        Enqueue(ref queue, units, id, now);
        return KickFor(ref queue, units, ref unit, now);
    }

    /// <inheritdoc/>
    public static QueueCpus Part(ref RunQueue queue, TUnits units, UnitId id, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        unit.Credit = Balance(in queue, in unit);
        if (unit.Place == UnitPlace.Waiting)
        {
            Dequeue(ref queue, units, id);
        }
        else
        {
            unit.Credit = Forgive(unit.Credit, now - unit.Since);
        }

        unit.Place = UnitPlace.Away;
        queue.Members--;
        return QueueCpus.None;
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

        unit.Credit = Forgive(Balance(in queue, in unit), now - unit.Since);
        unit.Epoch = queue.Epoch;
        Enqueue(ref queue, units, id, now);
        return KickFor(ref queue, units, ref unit, now);
    }

    /// <inheritdoc/>
    public static QueueCpus Sleep(ref RunQueue queue, TUnits units, UnitId id, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        unit.IsRunnable = false;
        if (unit.Place == UnitPlace.Waiting)
        {
            Dequeue(ref queue, units, id);
            unit.Place = UnitPlace.Asleep;
            unit.Since = now;
        }

        return unit.Place == UnitPlace.Running ? Tickle(ref queue, QueueCpus.Only(unit.Cpu)) : QueueCpus.None;
    }

    /// <inheritdoc/>
    public static void Yield(ref RunQueue queue, TUnits units, UnitId id)
    {
        ref SchedulingUnit unit = ref units.At(id);
        unit.HasYielded = unit.Place == UnitPlace.Running;
    }

    /// <inheritdoc/>
    public static QueueCpus Restrict(ref RunQueue queue, TUnits units, UnitId id, QueueCpus allowed, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        unit.Allowed = allowed;
        return unit.Place switch
        {
            UnitPlace.Waiting => KickFor(ref queue, units, ref unit, now),
            UnitPlace.Running when !allowed.Has(unit.Cpu) => Tickle(ref queue, QueueCpus.Only(unit.Cpu)),
            _ => QueueCpus.None,
        };
    }

    /// <inheritdoc/>
    public static void Reweigh(ref RunQueue queue, TUnits units, UnitId id, ushort weight, Instant now)
    {
        ref SchedulingUnit unit = ref units.At(id);
        if (unit.Place == UnitPlace.Running)
        {
            Charge(ref queue, units, unit.Cpu, now);
        }

        unit.Weight = weight;
    }

    /// <inheritdoc/>
    public static bool MayPull(ref RunQueue queue, int cpu) => queue.Idle.Has(cpu);

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
    public static bool Serves(ref RunQueue queue, TUnits units, int cpu, UnitId id) => units.At(id).Allowed.Has(cpu);
}
