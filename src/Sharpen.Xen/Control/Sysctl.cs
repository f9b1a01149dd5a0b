using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>The frame of <see cref="Hypercall.Sysctl"/>: command, version, and 128 bytes of arguments. Source: <c>sysctl.h</c>.</summary>
public static class Sysctl
{
    private const uint InterfaceVersion = 0x15;
    private const int ArgumentsOffset = 8;
    private const int Size = 136;

    /// <summary>Makes the call; what the hypervisor wrote is in <paramref name="arguments"/> afterwards.</summary>
    /// <param name="device">The way to the hypervisor.</param>
    /// <param name="operation">What it is for, as a verb.</param>
    /// <param name="command">Which.</param>
    /// <param name="arguments">At most 128 bytes.</param>
    /// <exception cref="XenException">It refused.</exception>
    public static void Call<T>(HypercallDevice device, string operation, SysctlCommand command, ref T arguments)
        where T : unmanaged
    {
        using HypercallBuffer buffer = device.Allocate(Size);
        buffer.At<Head>() = new Head { Command = command, Version = InterfaceVersion };
        buffer.At<T>(ArgumentsOffset) = arguments;
        _ = device.Call(operation, null, Hypercall.Sysctl, buffer.Address);
        arguments = buffer.At<T>(ArgumentsOffset);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Head
    {
        internal SysctlCommand Command;
        internal uint Version;
    }
}
