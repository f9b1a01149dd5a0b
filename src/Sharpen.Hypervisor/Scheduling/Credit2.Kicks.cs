using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>Which CPUs must decide anew.</summary>
public readonly partial struct Credit2<TUnits>
{
    /// <summary>The CPU that should look at a unit that has just begun to wait: an idle one, or the one with the poorest unit.</summary>
    private static QueueCpus KickFor(ref RunQueue queue, scoped TUnits units, ref SchedulingUnit unit, Instant now)
    {
        QueueCpus idle = unit.Allowed & queue.Idle - queue.Tickled;
        QueueCpus liked = idle & new QueueCpus(unit.Liked.Sixteen(queue.Index));
        idle = liked.IsEmpty ? idle : liked;
        if (!idle.IsEmpty)
        {
            return Tickle(ref queue, QueueCpus.Only(idle.Has(unit.Cpu) ? unit.Cpu : idle.First));
        }

        int poorest = -1;
        long least = Balance(in queue, in unit) - Credits.Margin;
        QueueCpus busy = unit.Allowed & queue.Busy - queue.Tickled;
        while (!busy.IsEmpty)
        {
            int cpu = busy.First;
            busy = busy.Without(cpu);
            ref CpuSlot slot = ref queue.Slots[cpu];
            ref SchedulingUnit running = ref units.At(slot.Running);
            long left = Balance(in queue, in running) - Credits.Burned(now - slot.Charged, running.Weight);
            if (left < least)
            {
                least = left;
                poorest = cpu;
            }
        }

        return poorest < 0 ? QueueCpus.None : Tickle(ref queue, QueueCpus.Only(poorest));
    }

    private static QueueCpus RouseIfNeeded(ref RunQueue queue, scoped TUnits units) =>
        queue.First.IsNone || (queue.Idle - queue.Tickled).IsEmpty ? QueueCpus.None : Rouse(ref queue, units);

    /// <summary>Kicks an idle CPU for each waiting unit that may use one, less those that are on their way already.</summary>
    private static QueueCpus Rouse(ref RunQueue queue, scoped TUnits units)
    {
        QueueCpus coming = queue.Idle & queue.Tickled;
        QueueCpus free = queue.Idle - queue.Tickled;
        QueueCpus kick = QueueCpus.None;
        for (UnitId id = queue.First; !id.IsNone && !free.IsEmpty; id = units.At(id).Next)
        {
            ref SchedulingUnit unit = ref units.At(id);
            QueueCpus served = unit.Allowed & coming;
            QueueCpus idle = unit.Allowed & free;
            if (!served.IsEmpty)
            {
                coming = coming.Without(served.First);
            }
            else if (!idle.IsEmpty)
            {
                int cpu = idle.Has(unit.Cpu) ? unit.Cpu : idle.First;
                free = free.Without(cpu);
                kick = kick.With(cpu);
            }
        }

        return Tickle(ref queue, kick);
    }

    private static QueueCpus Tickle(ref RunQueue queue, QueueCpus cpus)
    {
        queue.Tickled |= cpus;
        queue.Counters.Kicks += (ulong)cpus.Count;
        return cpus;
    }
}
