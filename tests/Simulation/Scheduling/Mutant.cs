using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;

namespace Sharpen.Simulation.Scheduling;

/// <summary>Credit2 with one mistake in it.</summary>
/// <typeparam name="TFault">The mistake.</typeparam>
public readonly struct Mutant<TFault> : ISchedulerPolicy<UnitArray>
    where TFault : struct, IFault
{
    /// <inheritdoc/>
    public static bool IsWorkConserving => true;

    /// <inheritdoc/>
    public static void Online(ref RunQueue queue, UnitArray units, int cpu, Instant now) => Credit2<UnitArray>.Online(ref queue, units, cpu, now);

    /// <inheritdoc/>
    public static QueueCpus Offline(ref RunQueue queue, UnitArray units, int cpu, Instant now) =>
        TFault.Kicks(in queue, Credit2<UnitArray>.Offline(ref queue, units, cpu, now));

    /// <inheritdoc/>
    public static QueueCpus Join(ref RunQueue queue, UnitArray units, UnitId id, QueueCpus allowed, Instant now)
    {
        units.At(id).Weight = TFault.Weight(units.At(id).Weight);
        return TFault.Kicks(in queue, Credit2<UnitArray>.Join(ref queue, units, id, allowed, now));
    }

    /// <inheritdoc/>
    public static QueueCpus Part(ref RunQueue queue, UnitArray units, UnitId id, Instant now) => Credit2<UnitArray>.Part(ref queue, units, id, now);

    /// <inheritdoc/>
    public static QueueCpus Wake(ref RunQueue queue, UnitArray units, UnitId id, Instant now) =>
        TFault.LosesWake(in queue, id) ? QueueCpus.None : TFault.Kicks(in queue, Credit2<UnitArray>.Wake(ref queue, units, id, now));

    /// <inheritdoc/>
    public static QueueCpus Sleep(ref RunQueue queue, UnitArray units, UnitId id, Instant now) => Credit2<UnitArray>.Sleep(ref queue, units, id, now);

    /// <inheritdoc/>
    public static void Yield(ref RunQueue queue, UnitArray units, UnitId id) => Credit2<UnitArray>.Yield(ref queue, units, id);

    /// <inheritdoc/>
    public static QueueCpus Restrict(ref RunQueue queue, UnitArray units, UnitId id, QueueCpus allowed, Instant now) =>
        Credit2<UnitArray>.Restrict(ref queue, units, id, allowed, now);

    /// <inheritdoc/>
    public static void Reweigh(ref RunQueue queue, UnitArray units, UnitId id, ushort weight, Instant now) =>
        Credit2<UnitArray>.Reweigh(ref queue, units, id, TFault.Weight(weight), now);

    /// <inheritdoc/>
    public static Decision Next(ref RunQueue queue, UnitArray units, int cpu, Instant now)
    {
        UnitId before = queue.Slots[cpu].Running;
        Decision decision = Credit2<UnitArray>.Next(ref queue, units, cpu, now);
        UnitId unit = TFault.RunsAgain(in queue, decision.Unit) ? before : decision.Unit;
        return new Decision(unit, decision.Until, TFault.Kicks(in queue, decision.Kick));
    }

    /// <inheritdoc/>
    public static bool MayPull(ref RunQueue queue, int cpu) => Credit2<UnitArray>.MayPull(ref queue, cpu);

    /// <inheritdoc/>
    public static UnitId FindFor(ref RunQueue queue, UnitArray units, CpuId thief) => Credit2<UnitArray>.FindFor(ref queue, units, thief);

    /// <inheritdoc/>
    public static bool Serves(ref RunQueue queue, UnitArray units, int cpu, UnitId id) => Credit2<UnitArray>.Serves(ref queue, units, cpu, id);
}
