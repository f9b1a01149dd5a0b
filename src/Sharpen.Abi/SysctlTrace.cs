using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_tbuf_op</c>: trace buffers. Source: <c>sysctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
public struct SysctlTrace : IAbiData
{
    /// <summary><c>cmd</c></summary>
    [FieldOffset(0)]
    public uint Command;

    /// <summary><c>evt_mask</c></summary>
    [FieldOffset(24)]
    public uint EventMask;

    /// <summary><c>buffer_mfn</c></summary>
    [FieldOffset(32)]
    public ulong BufferFrame;

    /// <summary><c>size</c></summary>
    [FieldOffset(40)]
    public uint Size;
}
