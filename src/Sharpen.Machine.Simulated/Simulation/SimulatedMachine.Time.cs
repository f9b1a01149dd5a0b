using System.Collections.Generic;
using Sharpen.Machine.Time;

namespace Sharpen.Machine.Simulation;

/// <summary>Time, timers and kicks. Only the thread that has the baton is here.</summary>
public sealed unsafe partial class SimulatedMachine
{
    private readonly Dictionary<int, Instant> _timers = [];
    private readonly HashSet<int> _kicked = [];

    /// <summary>System time; moved on by the test, never backwards.</summary>
    public Instant Now { get; set; }

    /// <summary>When a CPU's timer fires, or never.</summary>
    public Instant TimerOf(int cpu) => _timers.GetValueOrDefault(cpu, Instant.Never);

    /// <summary>True once for each time that the CPU has been kicked since it was last asked.</summary>
    public bool TakeKick(int cpu) => _kicked.Remove(cpu);

    /// <summary>True when a kick waits for the CPU.</summary>
    public bool IsKicked(int cpu) => _kicked.Contains(cpu);

    /// <summary>True once when the CPU's timer is due: it is then disarmed, as a one-shot timer is.</summary>
    public bool TakeTimer(int cpu)
    {
        bool isDue = TimerOf(cpu) <= Now;
        if (isDue)
        {
            _timers[cpu] = Instant.Never;
        }

        return isDue;
    }

    internal void ArmTimer(int cpu, Instant deadline) => _timers[cpu] = deadline;

    /// <summary>Fault: kicks never arrive.</summary>
    public bool LosesKicks { get; set; }

    /// <summary>How often a CPU was kicked, lost kicks included.</summary>
    public int Kicks { get; private set; }

    internal void PostKick(int cpu)
    {
        Kicks++;
        if (!LosesKicks)
        {
            _kicked.Add(cpu);
        }
    }
}
