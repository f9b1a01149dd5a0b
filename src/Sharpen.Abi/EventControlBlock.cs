namespace Sharpen.Abi;

/// <summary><c>struct evtchn_fifo_control_block</c>: the heads of a vCPU's queues. Source: <c>event_channel.h</c>.</summary>
public struct EventControlBlock : IAbiData
{
    /// <summary><c>ready</c>: a bit for each queue that has events</summary>
    public uint Ready;

    /// <summary><c>_rsvd</c></summary>
    public uint Reserved;

    /// <summary><c>head</c>: the first port of each queue</summary>
    public HalfWords16 Heads;
}
