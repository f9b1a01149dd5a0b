namespace Sharpen.Abi;

/// <summary><c>struct sched_remote_shutdown</c>. Source: <c>sched.h</c>.</summary>
public struct SchedRemoteShutdown : IAbiData
{
    /// <summary><c>domain_id</c></summary>
    public ushort Domain;

    /// <summary><c>reason</c></summary>
    public ShutdownReason Reason;
}
