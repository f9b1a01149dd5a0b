using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Simulation.Scheduling;

/// <summary>All units weigh the same.</summary>
public readonly struct IgnoresWeights : IFault
{
    /// <inheritdoc/>
    public static ushort Weight(ushort weight) => SchedulingUnit.DefaultWeight;
}
