namespace Sharpen.Abi;

/// <summary><c>struct evtchn_bind_pirq</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelBindPirq : IAbiData
{
    /// <summary><c>pirq</c></summary>
    public uint Pirq;

    /// <summary><c>flags</c></summary>
    public uint Flags;

    /// <summary><c>port</c>: out</summary>
    public uint Port;
}
