using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Simulation.Scheduling;

/// <summary>A mistake that a policy could make; by default none.</summary>
public interface IFault
{
    /// <summary>True when this wake is forgotten.</summary>
    static virtual bool LosesWake(in RunQueue queue, UnitId id) => false;

    /// <summary>Which of the wanted kicks are asked for.</summary>
    static virtual QueueCpus Kicks(in RunQueue queue, QueueCpus wanted) => wanted;

    /// <summary>The weight that the policy believes in.</summary>
    static virtual ushort Weight(ushort weight) => weight;

    /// <summary>True when the CPU is told to keep the unit that it had.</summary>
    static virtual bool RunsAgain(in RunQueue queue, UnitId chosen) => false;
}
