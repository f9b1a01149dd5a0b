using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_vcpuextstate</c>: the vector state of a vCPU. Source: <c>domctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
public struct DomctlExtendedState : IAbiData
{
    /// <summary><c>vcpu</c></summary>
    [FieldOffset(0)]
    public uint Vcpu;

    /// <summary><c>xfeature_mask</c></summary>
    [FieldOffset(8)]
    public ulong Features;

    /// <summary><c>size</c>: bytes</summary>
    [FieldOffset(16)]
    public ulong Size;

    /// <summary><c>buffer</c>: where it is</summary>
    [FieldOffset(24)]
    public ulong Buffer;
}
