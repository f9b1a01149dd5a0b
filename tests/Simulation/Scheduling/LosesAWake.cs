using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Simulation.Scheduling;

/// <summary>Every thirty-second wake is forgotten.</summary>
public readonly struct LosesAWake : IFault
{
    /// <inheritdoc/>
    public static bool LosesWake(in RunQueue queue, UnitId id) => queue.Counters.Wakes % 32 == 31;
}
