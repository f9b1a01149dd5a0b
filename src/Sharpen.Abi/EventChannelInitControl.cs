using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct evtchn_init_control</c>. Source: <c>event_channel.h</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 24)]
public struct EventChannelInitControl : IAbiData
{
    /// <summary><c>control_gfn</c></summary>
    public ulong ControlFrame;

    /// <summary><c>offset</c></summary>
    public uint Offset;

    /// <summary><c>vcpu</c></summary>
    public uint Vcpu;

    /// <summary><c>link_bits</c>: out</summary>
    public byte LinkBits;
}
