using System.Runtime.InteropServices;

namespace Sharpen.Toolstack.Devices;

/// <summary><c>struct loop_info64</c>: what a loop device shows of its file. Source: <c>linux/loop.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 232)]
internal struct LoopStatus
{
    /// <summary><c>lo_device</c>: where the file's file system is.</summary>
    [FieldOffset(0)]
    internal ulong FileSystem;

    /// <summary><c>lo_inode</c></summary>
    [FieldOffset(8)]
    internal ulong Inode;

    /// <summary><c>lo_offset</c>, in bytes.</summary>
    [FieldOffset(24)]
    internal ulong Offset;

    /// <summary><c>lo_sizelimit</c>, in bytes; 0: to the end of the file.</summary>
    [FieldOffset(32)]
    internal ulong SizeLimit;
}
