namespace Sharpen.Abi;

/// <summary><c>struct evtchn_bind_vcpu</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelBindVcpu : IAbiData
{
    /// <summary><c>port</c></summary>
    public uint Port;

    /// <summary><c>vcpu</c></summary>
    public uint Vcpu;
}
