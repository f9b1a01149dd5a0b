using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sharpen.Toolstack.Devices;

/// <summary>What the kernel offers to devices only by ioctl.</summary>
internal static class Native
{
    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static extern int Ioctl(SafeFileHandle file, nuint request, nint argument);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static extern int Ioctl(SafeFileHandle file, nuint request, ref LoopSettings settings);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static extern int Ioctl(SafeFileHandle file, nuint request, ref LoopStatus status);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static extern int Ioctl(int socket, nuint request, ref InterfaceRequest settings);

    [DllImport("libc", EntryPoint = "socket", SetLastError = true)]
    internal static extern int Socket(int family, int type, int protocol);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static extern int Close(int descriptor);
}
