using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>What a run queue knows of one of its CPUs.</summary>
public struct CpuSlot
{
    /// <summary>The unit that the CPU has, or none when it idles.</summary>
    public UnitId Running;

    /// <summary>The unit to which the CPU is given for good (the null policy only).</summary>
    internal UnitId Assigned;

    /// <summary>Since when it runs or idles.</summary>
    public Instant Since;

    /// <summary>Up to when the running unit has paid.</summary>
    internal Instant Charged;
}
