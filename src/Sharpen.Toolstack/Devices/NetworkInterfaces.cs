using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Toolstack.Devices;

/// <summary>Network interfaces and bridges of this host. Source: netdevice(7), <c>linux/sockios.h</c>.</summary>
public static class NetworkInterfaces
{
    /// <summary>Longest name, in bytes.</summary>
    public const int MostName = 15;

    private const int FamilyInet = 2;
    private const int Datagram = 2;
    private const nuint SetName = 0x8923;
    private const nuint AddToBridge = 0x89a2;
    private const int Up = 1;
    private const int Busy = 16;

    /// <summary>Whether there is an interface of this name.</summary>
    public static bool Exists(string name) => Directory.Exists($"/sys/class/net/{name}");

    /// <summary>Whether an interface is a bridge.</summary>
    public static bool IsBridge(string name) => Directory.Exists($"/sys/class/net/{name}/bridge");

    /// <summary>Largest packet, in bytes.</summary>
    public static int MtuOf(string name) => int.Parse(File.ReadAllText($"/sys/class/net/{name}/mtu").Trim(), CultureInfo.InvariantCulture);

    /// <summary>Sets the largest packet.</summary>
    public static void SetMtu(string name, int bytes) => File.WriteAllText($"/sys/class/net/{name}/mtu", bytes.ToString(CultureInfo.InvariantCulture));

    /// <summary>Brings an interface up.</summary>
    public static void BringUp(string name)
    {
        string path = $"/sys/class/net/{name}/flags";
        int flags = Convert.ToInt32(File.ReadAllText(path).Trim(), 16);
        File.WriteAllText(path, $"0x{flags | Up:x}");
    }

    /// <summary>Gives an interface, which must be down, another name.</summary>
    public static void Rename(string name, string newName)
    {
        var request = InterfaceRequest.For(name);
        Encoding.ASCII.GetBytes(newName, MemoryMarshal.AsBytes(new Span<Bytes16>(ref request.NewName))[..MostName]);
        Call(SetName, ref request, $"rename {name} to {newName}");
    }

    /// <summary>Makes an interface a port of a bridge; it may be one already.</summary>
    public static void Join(string bridge, string name)
    {
        var request = InterfaceRequest.For(bridge);
        request.Number = int.Parse(File.ReadAllText($"/sys/class/net/{name}/ifindex").Trim(), CultureInfo.InvariantCulture);
        if (!Directory.Exists($"/sys/class/net/{bridge}/brif/{name}"))
        {
            Call(AddToBridge, ref request, $"add {name} to the bridge {bridge}");
        }
    }

    private static void Call(nuint command, ref InterfaceRequest request, string what)
    {
        int socket = Native.Socket(FamilyInet, Datagram, 0);
        int answer = Native.Ioctl(socket, command, ref request);
        int error = Marshal.GetLastPInvokeError();
        _ = Native.Close(socket);
        if (answer < 0)
        {
            throw new DeviceException($"cannot {what}: {Marshal.GetPInvokeErrorMessage(error)}{(error == Busy ? " (it belongs to another bridge)" : "")}");
        }
    }
}
