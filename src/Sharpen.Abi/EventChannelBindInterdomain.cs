namespace Sharpen.Abi;

/// <summary><c>struct evtchn_bind_interdomain</c>. Source: <c>event_channel.h</c>.</summary>
public struct EventChannelBindInterdomain : IAbiData
{
    /// <summary><c>remote_dom</c></summary>
    public ushort RemoteDomain;

    /// <summary><c>remote_port</c></summary>
    public uint RemotePort;

    /// <summary><c>local_port</c>: out</summary>
    public uint LocalPort;
}
