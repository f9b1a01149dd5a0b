namespace Sharpen.Abi;

/// <summary><c>struct sched_poll</c>. Source: <c>sched.h</c>.</summary>
public struct SchedPoll : IAbiData
{
    /// <summary><c>ports</c>: linear address of the ports</summary>
    public ulong Ports;

    /// <summary><c>nr_ports</c></summary>
    public uint PortCount;

    /// <summary><c>timeout</c>: system time in nanoseconds, zero for none</summary>
    public ulong Timeout;
}
