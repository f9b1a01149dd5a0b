namespace Sharpen.Hypervisor.Scheduling;

/// <summary>What has happened in one run queue since the host came up; for the dump of debug key <c>r</c>.</summary>
public struct RunQueueCounters
{
    /// <summary>Decisions asked for.</summary>
    public ulong Decisions;

    /// <summary>Decisions that changed the unit on the CPU.</summary>
    public ulong Switches;

    /// <summary>Units that began to wait.</summary>
    public ulong Wakes;

    /// <summary>Times that all balances were filled.</summary>
    public ulong Resets;

    /// <summary>CPUs asked to decide anew.</summary>
    public ulong Kicks;

    /// <summary>Units taken over from another run queue.</summary>
    public ulong Pulled;
}
