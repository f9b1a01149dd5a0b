namespace Sharpen.Abi;

/// <summary><c>struct evtchn_bind_virq</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelBindVirq : IAbiData
{
    /// <summary><c>virq</c></summary>
    public Virq Virq;

    /// <summary><c>vcpu</c></summary>
    public uint Vcpu;

    /// <summary><c>port</c>: out</summary>
    public uint Port;
}
