namespace Sharpen.Abi;

/// <summary><c>struct evtchn_alloc_unbound</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelAllocUnbound : IAbiData
{
    /// <summary><c>dom</c></summary>
    public ushort Domain;

    /// <summary><c>remote_dom</c></summary>
    public ushort RemoteDomain;

    /// <summary><c>port</c>: out</summary>
    public uint Port;
}
