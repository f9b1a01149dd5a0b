using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_memory_mapping</c>: frames of a device in a guest's own map. Source: <c>domctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
public struct DomctlMemoryMapping : IAbiData
{
    /// <summary><c>first_gfn</c></summary>
    [FieldOffset(0)]
    public ulong GuestFrame;

    /// <summary><c>first_mfn</c></summary>
    [FieldOffset(8)]
    public ulong First;

    /// <summary><c>nr_mfns</c></summary>
    [FieldOffset(16)]
    public ulong Count;

    /// <summary><c>add_mapping</c></summary>
    [FieldOffset(24)]
    public uint Add;
}
