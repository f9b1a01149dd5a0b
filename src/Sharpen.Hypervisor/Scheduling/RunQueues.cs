using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>What concerns two run queues at once. Pure, like the policies; the caller holds the locks of both.</summary>
/// <typeparam name="TPolicy">The policy of both queues.</typeparam>
/// <typeparam name="TUnits">Where the units are.</typeparam>
public static class RunQueues<TPolicy, TUnits>
    where TPolicy : struct, ISchedulerPolicy<TUnits>
    where TUnits : struct, IUnitTable, allows ref struct
{
    /// <summary>A CPU that would idle takes a waiting unit over from another queue; it then asks its own queue again.</summary>
    /// <returns>False when there is none for it.</returns>
    public static bool TryPull(ref RunQueue from, ref RunQueue to, TUnits units, CpuId thief, Instant now, out QueueCpus kick)
    {
        kick = QueueCpus.None;
        int cpu = RunQueue.Local(thief);
        UnitId id = TPolicy.MayPull(ref to, cpu) ? TPolicy.FindFor(ref from, units, thief) : UnitId.None;
        if (id.IsNone)
        {
            return false;
        }

        TPolicy.Part(ref from, units, id, now);
        ref SchedulingUnit unit = ref units.At(id);
        unit.Cpu = (byte)cpu;
        kick = TPolicy.Join(ref to, units, id, new QueueCpus(unit.Affinity.Sixteen(to.Index)), now);
        to.Counters.Pulled++;
        return true;
    }

    /// <summary>The idle CPU of another queue that could take a unit waiting here, or a negative number. To be kicked: it will pull.</summary>
    /// <param name="from">The queue whose lock is held.</param>
    /// <param name="other">Read as a hint; its lock need not be held.</param>
    public static int Offer(ref RunQueue from, ref RunQueue other, TUnits units)
    {
        QueueCpus idle = other.Idle;
        for (UnitId id = from.First; !id.IsNone && !idle.IsEmpty; id = units.At(id).Next)
        {
            QueueCpus able = idle & new QueueCpus(units.At(id).Affinity.Sixteen(other.Index));
            for (; !able.IsEmpty; able = able.Without(able.First))
            {
                if (TPolicy.MayPull(ref other, able.First))
                {
                    return able.First;
                }
            }
        }

        return -1;
    }

    /// <summary>A waiting unit none of whose CPUs in this queue takes part any more, or none. It must move to another queue.</summary>
    public static UnitId FindStranded(ref RunQueue queue, TUnits units)
    {
        UnitId id = queue.First;
        while (!id.IsNone && !(units.At(id).Allowed & queue.Online).IsEmpty)
        {
            id = units.At(id).Next;
        }

        return id;
    }

    /// <summary>True when a member can be served by no CPU of this queue, as after a CPU left: before it wakes, it must move.</summary>
    public static bool IsStranded(ref RunQueue queue, TUnits units, UnitId id) => (units.At(id).Allowed & queue.Online).IsEmpty;
}
