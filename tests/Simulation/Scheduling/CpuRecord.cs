namespace Sharpen.Simulation.Scheduling;

/// <summary>What the world knows of a CPU.</summary>
public sealed class CpuRecord
{
    /// <summary>It takes part.</summary>
    public bool IsOnline;

    /// <summary>The unit that it has; 0 when idle.</summary>
    public uint Unit;

    /// <summary>When its slice ends.</summary>
    public ulong Until = ulong.MaxValue;

    /// <summary>When a kick that is under way arrives.</summary>
    public ulong KickAt = ulong.MaxValue;

    /// <summary>When it next asks for a decision.</summary>
    public ulong Due => Until < KickAt ? Until : KickAt;
}
