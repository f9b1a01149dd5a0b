using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Simulation.Scheduling;

/// <summary>Units in an array, by id.</summary>
public readonly struct UnitArray(SchedulingUnit[] units) : IUnitTable
{
    /// <inheritdoc/>
    public ref SchedulingUnit At(UnitId id) => ref units[id.Value];
}
