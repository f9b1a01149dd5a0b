using Sharpen.Abi;

namespace Sharpen.Hypervisor.Events;

/// <summary>What guest and hypervisor share about one port: four bits, and the next port in its queue. Source: <c>event_channel.h</c>, "FIFO ABI".</summary>
public struct EventWord : IAbiData
{
    /// <summary>The event has happened and was not taken (<c>EVTCHN_FIFO_PENDING</c>).</summary>
    public const uint Pending = 1U << 31;

    /// <summary>The guest does not want to be notified (<c>EVTCHN_FIFO_MASKED</c>).</summary>
    public const uint Masked = 1U << 30;

    /// <summary>The port is in a queue (<c>EVTCHN_FIFO_LINKED</c>).</summary>
    public const uint Linked = 1U << 29;

    /// <summary>We are about to link another port behind this one: the guest leaves the word alone (<c>EVTCHN_FIFO_BUSY</c>).</summary>
    public const uint Busy = 1U << 28;

    /// <summary>The next port (<c>EVTCHN_FIFO_LINK_MASK</c>); 0 at the end.</summary>
    public const uint Link = (1U << 17) - 1;

    /// <summary>All of it.</summary>
    public uint Value;
}
