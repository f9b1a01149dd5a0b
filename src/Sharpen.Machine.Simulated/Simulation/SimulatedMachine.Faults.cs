using System.Collections.Generic;

namespace Sharpen.Machine.Simulation;

/// <summary>What is broken or missing on this host, besides the faults that stand beside what they break.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>Fault: timers that do not count, whatever the tables say.</summary>
    public HashSet<PlatformTimer> StillTimers { get; } = [];

    /// <summary>Fault: CPUs without x2APIC mode, whose interrupt controllers know only eight bits of a number.</summary>
    public bool LacksX2Apic { get; set; }
}
