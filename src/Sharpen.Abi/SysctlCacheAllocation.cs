using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_psr_alloc</c>: caches that can be divided. Source: <c>sysctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 20)]
public struct SysctlCacheAllocation : IAbiData
{
    /// <summary><c>cmd</c></summary>
    [FieldOffset(0)]
    public uint Command;

    /// <summary><c>target</c></summary>
    [FieldOffset(4)]
    public uint Target;
}
