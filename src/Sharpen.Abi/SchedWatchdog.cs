namespace Sharpen.Abi;

/// <summary><c>struct sched_watchdog</c>. Source: <c>sched.h</c>.</summary>
public struct SchedWatchdog : IAbiData
{
    /// <summary><c>id</c></summary>
    public uint Id;

    /// <summary><c>timeout</c>: seconds</summary>
    public uint Timeout;
}
