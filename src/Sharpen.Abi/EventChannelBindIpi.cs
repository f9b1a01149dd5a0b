namespace Sharpen.Abi;

/// <summary><c>struct evtchn_bind_ipi</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelBindIpi : IAbiData
{
    /// <summary><c>vcpu</c></summary>
    public uint Vcpu;

    /// <summary><c>port</c>: out</summary>
    public uint Port;
}
