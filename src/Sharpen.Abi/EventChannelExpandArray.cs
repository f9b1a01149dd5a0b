namespace Sharpen.Abi;

/// <summary><c>struct evtchn_expand_array</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelExpandArray : IAbiData
{
    /// <summary><c>array_gfn</c></summary>
    public ulong ArrayFrame;
}
