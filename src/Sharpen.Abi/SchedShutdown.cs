namespace Sharpen.Abi;

/// <summary><c>struct sched_shutdown</c>. Source: <c>sched.h</c>.</summary>
public struct SchedShutdown : IAbiData
{
    /// <summary><c>reason</c></summary>
    public ShutdownReason Reason;
}
