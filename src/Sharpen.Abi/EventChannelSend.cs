namespace Sharpen.Abi;

/// <summary><c>struct evtchn_send</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelSend : IAbiData
{
    /// <summary><c>port</c></summary>
    public uint Port;
}
