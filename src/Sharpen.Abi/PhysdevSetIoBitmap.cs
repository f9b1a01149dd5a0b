using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct physdev_set_iobitmap</c>. Source: <c>physdev.h</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
public struct PhysdevSetIoBitmap : IAbiData
{
    /// <summary><c>bitmap</c>: an address; a bit that is clear lets user code use the port</summary>
    public ulong Bitmap;

    /// <summary><c>nr_ports</c></summary>
    public uint Ports;
}
