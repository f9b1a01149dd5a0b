using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_shadow_op</c>: what a domain writes to, page by page. Source: <c>domctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
public struct DomctlShadow : IAbiData
{
    /// <summary><c>op</c></summary>
    [FieldOffset(0)]
    public DomctlShadowCommand Command;

    /// <summary><c>mode</c></summary>
    [FieldOffset(4)]
    public uint Mode;

    /// <summary><c>mb</c></summary>
    [FieldOffset(8)]
    public uint Mebibytes;

    /// <summary><c>dirty_bitmap</c>: where it is</summary>
    [FieldOffset(16)]
    public ulong Bitmap;

    /// <summary><c>pages</c></summary>
    [FieldOffset(24)]
    public ulong Pages;

    /// <summary><c>stats.fault_count</c></summary>
    [FieldOffset(32)]
    public uint Faults;

    /// <summary><c>stats.dirty_count</c></summary>
    [FieldOffset(36)]
    public uint Dirtied;
}
