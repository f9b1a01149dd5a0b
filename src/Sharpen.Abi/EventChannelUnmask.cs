namespace Sharpen.Abi;

/// <summary><c>struct evtchn_unmask</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelUnmask : IAbiData
{
    /// <summary><c>port</c></summary>
    public uint Port;
}
