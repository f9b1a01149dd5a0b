using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>A policy's answer to "what does this CPU run now?".</summary>
public readonly struct Decision
{
    /// <summary>The unit to run; none means idle.</summary>
    public readonly UnitId Unit;

    /// <summary>When to ask again at the latest; never when idle, or when nothing can change by itself.</summary>
    public readonly Instant Until;

    /// <summary>Other CPUs of the queue that must ask too: each is to be kicked once.</summary>
    public readonly QueueCpus Kick;

    public Decision(UnitId unit, Instant until, QueueCpus kick)
    {
        Unit = unit;
        Until = until;
        Kick = kick;
    }
}
