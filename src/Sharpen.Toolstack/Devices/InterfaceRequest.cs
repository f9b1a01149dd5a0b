using System;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Toolstack.Devices;

/// <summary><c>struct ifreq</c>: an interface's name, and a number. Source: netdevice(7).</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct InterfaceRequest
{
    /// <summary><c>ifr_name</c></summary>
    [FieldOffset(0)]
    internal Bytes16 Name;

    /// <summary><c>ifr_ifindex</c>, <c>ifr_mtu</c></summary>
    [FieldOffset(16)]
    internal int Number;

    /// <summary>A new interface's name, of <c>SIOCSIFNAME</c>.</summary>
    [FieldOffset(16)]
    internal Bytes16 NewName;

    /// <summary>A request for an interface.</summary>
    internal static InterfaceRequest For(string name)
    {
        var request = default(InterfaceRequest);
        Encoding.ASCII.GetBytes(name, MemoryMarshal.AsBytes(new Span<Bytes16>(ref request.Name))[..15]);
        return request;
    }
}
