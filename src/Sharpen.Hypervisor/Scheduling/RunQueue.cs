using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>One run queue: up to sixteen neighbouring CPUs, and the units that wait for them, best first.</summary>
/// <remarks>
/// CPU ids follow the firmware's tables, which list neighbours together; so queue q serves the CPUs 16q to 16q + 15, in most machines
/// part of one socket. A host of 4,095 CPUs has 256 queues, each under its own lock, and nothing here grows with CPUs that are absent.
/// Units are linked by id through the caller's table. All fields are guarded by the queue's lock; read outside it,
/// <see cref="Waiting"/>, <see cref="Idle"/> and <see cref="Online"/> are hints.
/// </remarks>
public struct RunQueue
{
    internal UnitId First;
    internal UnitId Last;

    /// <summary>Which queue this is.</summary>
    public ushort Index;

    /// <summary>How many units want to run and have no CPU.</summary>
    public int Waiting;

    /// <summary>How many units belong to this queue.</summary>
    public int Members;

    /// <summary>CPUs that take part.</summary>
    public QueueCpus Online;

    /// <summary>CPUs that take part and have nothing to run.</summary>
    public QueueCpus Idle;

    /// <summary>CPUs that have been kicked and have not asked for a decision since.</summary>
    public QueueCpus Tickled;

    /// <summary>How many fillings of all balances there have been.</summary>
    internal ulong Epoch;

    /// <summary>How long a unit runs at least before another may take its CPU (<c>sched_ratelimit_us</c>).</summary>
    public Duration RateLimit;

    /// <summary>The CPUs, by their number in this queue.</summary>
    public Fixed16<CpuSlot> Slots;

    /// <summary>For the debug key.</summary>
    public RunQueueCounters Counters;

    /// <summary>The queue that serves a CPU.</summary>
    public static int Of(CpuId cpu) => cpu.Value / QueueCpus.Limit;

    /// <summary>The number of a CPU within its queue.</summary>
    public static int Local(CpuId cpu) => cpu.Value % QueueCpus.Limit;

    /// <summary>The host's name for a CPU of this queue.</summary>
    public readonly CpuId Global(int cpu) => new((Index * QueueCpus.Limit) + cpu);

    /// <summary>CPUs that have a unit.</summary>
    public readonly QueueCpus Busy => Online - Idle;
}
