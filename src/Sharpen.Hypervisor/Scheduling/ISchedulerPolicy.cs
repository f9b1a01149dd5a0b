using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>A scheduling policy: a pure state machine over one run queue.</summary>
/// <remarks>
/// No clock, no lock, no CPU, no allocation: what it knows arrives as an argument, what it wants done is returned. The caller holds
/// the queue's lock, kicks the CPUs that are named, and calls <see cref="Next"/> on each CPU that was kicked, whose time is over, or
/// whose unit has gone to sleep. Times never run backwards within a queue. CPU numbers are those within the queue.
/// Several queues are the business of <see cref="RunQueues{TPolicy, TUnits}"/>.
/// </remarks>
/// <typeparam name="TUnits">Where the units are.</typeparam>
public interface ISchedulerPolicy<TUnits>
    where TUnits : struct, IUnitTable, allows ref struct
{
    /// <summary>True when no CPU idles while a unit that may use it waits.</summary>
    static abstract bool IsWorkConserving { get; }

    /// <summary>A CPU takes part from now on. It runs nothing; it is about to ask for a decision.</summary>
    static abstract void Online(ref RunQueue queue, TUnits units, int cpu, Instant now);

    /// <summary>A CPU takes part no longer; the unit that it has goes back to the queue. Called by that CPU itself.</summary>
    static abstract QueueCpus Offline(ref RunQueue queue, TUnits units, int cpu, Instant now);

    /// <summary>A unit that is <see cref="UnitPlace.Away"/> joins this queue; it waits at once if it is runnable.</summary>
    /// <param name="allowed">The CPUs of this queue that it may use; not empty.</param>
    static abstract QueueCpus Join(ref RunQueue queue, TUnits units, UnitId id, QueueCpus allowed, Instant now);

    /// <summary>A unit that is not running leaves this queue and is <see cref="UnitPlace.Away"/>.</summary>
    static abstract QueueCpus Part(ref RunQueue queue, TUnits units, UnitId id, Instant now);

    /// <summary>The unit wants to run.</summary>
    static abstract QueueCpus Wake(ref RunQueue queue, TUnits units, UnitId id, Instant now);

    /// <summary>The unit no longer wants to run. If a CPU has it, that CPU is among those to kick (or is the caller).</summary>
    static abstract QueueCpus Sleep(ref RunQueue queue, TUnits units, UnitId id, Instant now);

    /// <summary>The running unit lets others go first, once.</summary>
    static abstract void Yield(ref RunQueue queue, TUnits units, UnitId id);

    /// <summary>The CPUs of this queue that a member may use have changed. With none it is stranded, and must move once it waits.</summary>
    static abstract QueueCpus Restrict(ref RunQueue queue, TUnits units, UnitId id, QueueCpus allowed, Instant now);

    /// <summary>A member's weight has changed; not 0.</summary>
    static abstract void Reweigh(ref RunQueue queue, TUnits units, UnitId id, ushort weight, Instant now);

    /// <summary>What this CPU runs from now on.</summary>
    static abstract Decision Next(ref RunQueue queue, TUnits units, int cpu, Instant now);

    /// <summary>True when this CPU has nothing to run and may take over a unit from another queue.</summary>
    static abstract bool MayPull(ref RunQueue queue, int cpu);

    /// <summary>The first waiting unit that a CPU of another queue may take, or none.</summary>
    static abstract UnitId FindFor(ref RunQueue queue, TUnits units, CpuId thief);

    /// <summary>True when this idle CPU ought to take this waiting unit: the rule that <see cref="Next"/> follows, for tests and assertions.</summary>
    static abstract bool Serves(ref RunQueue queue, TUnits units, int cpu, UnitId id);
}
