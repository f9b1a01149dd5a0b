using Sharpen.Machine.Cpu;

namespace Sharpen.Simulation.Scheduling;

/// <summary>What the world knows of a unit, kept apart from what the policy believes.</summary>
public sealed class UnitRecord
{
    /// <summary>It exists.</summary>
    public bool IsAlive;

    /// <summary>It wants to run.</summary>
    public bool IsRunnable;

    /// <summary>No CPU that it may use took part when it was placed.</summary>
    public bool IsBroken;

    /// <summary>The host CPU that has it, or -1.</summary>
    public int Cpu = -1;

    /// <summary>Since when it has been waiting.</summary>
    public ulong WaitingSince;

    /// <summary>Since when it has been sleeping.</summary>
    public ulong AsleepSince;

    /// <summary>Up to when its running time is counted.</summary>
    public ulong CountedTo;

    /// <summary>Nanoseconds on a CPU.</summary>
    public ulong Total;

    /// <summary>Its share.</summary>
    public ushort Weight;

    /// <summary>What it may use.</summary>
    public CpuMask Affinity;
}
