using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct evtchn_status</c>. Source: <c>event_channel.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
public struct EventChannelStatus : IAbiData
{
    /// <summary><c>dom</c></summary>
    [FieldOffset(0)]
    public ushort Domain;

    /// <summary><c>port</c></summary>
    [FieldOffset(4)]
    public uint Port;

    /// <summary><c>status</c>: out</summary>
    [FieldOffset(8)]
    public EventChannelState State;

    /// <summary><c>vcpu</c>: out</summary>
    [FieldOffset(12)]
    public uint Vcpu;

    /// <summary><c>u.interdomain.dom</c>: out</summary>
    [FieldOffset(16)]
    public ushort RemoteDomain;

    /// <summary><c>u.interdomain.port</c>: out</summary>
    [FieldOffset(20)]
    public uint RemotePort;

    /// <summary><c>u.pirq</c>: out</summary>
    [FieldOffset(16)]
    public uint Pirq;

    /// <summary><c>u.virq</c>: out</summary>
    [FieldOffset(16)]
    public Virq Virq;
}
