using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_livepatch_op</c>: patches of the hypervisor. Source: <c>sysctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
public struct SysctlLivePatch : IAbiData
{
    /// <summary><c>cmd</c></summary>
    [FieldOffset(0)]
    public uint Command;

    /// <summary><c>pad</c></summary>
    [FieldOffset(4)]
    public uint Reserved;

    /// <summary><c>u.list.version</c></summary>
    [FieldOffset(8)]
    public uint Version;

    /// <summary><c>u.list.nr</c></summary>
    [FieldOffset(16)]
    public uint Count;

    /// <summary><c>u.list.pad</c></summary>
    [FieldOffset(20)]
    public uint ListReserved;

    /// <summary><c>u.get.name.name</c>: where it is</summary>
    [FieldOffset(8)]
    public ulong Name;

    /// <summary><c>u.get.name.size</c></summary>
    [FieldOffset(16)]
    public ushort NameBytes;
}
