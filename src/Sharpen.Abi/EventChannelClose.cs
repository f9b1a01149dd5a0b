namespace Sharpen.Abi;

/// <summary><c>struct evtchn_close</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelClose : IAbiData
{
    /// <summary><c>port</c></summary>
    public uint Port;
}
