namespace Sharpen.Abi;

/// <summary><c>struct evtchn_set_priority</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelSetPriority : IAbiData
{
    /// <summary><c>port</c></summary>
    public uint Port;

    /// <summary><c>priority</c>: 0 is the highest, 15 the lowest</summary>
    public uint Priority;
}
