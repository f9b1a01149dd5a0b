using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Simulation.Scheduling;

/// <summary>Now and then a CPU keeps the unit that it has given up.</summary>
public readonly struct RunsTheWrongUnit : IFault
{
    /// <inheritdoc/>
    public static bool RunsAgain(in RunQueue queue, UnitId chosen) => !chosen.IsNone && queue.Counters.Switches % 16 == 15;
}
