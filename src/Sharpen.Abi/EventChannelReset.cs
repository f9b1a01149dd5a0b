namespace Sharpen.Abi;

/// <summary><c>struct evtchn_reset</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelReset : IAbiData
{
    /// <summary><c>dom</c></summary>
    public ushort Domain;
}
