using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_pm_op</c>: how to save power. Source: <c>sysctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct SysctlPower : IAbiData
{
    /// <summary><c>cmd</c></summary>
    [FieldOffset(0)]
    public uint Command;

    /// <summary><c>cpuid</c></summary>
    [FieldOffset(4)]
    public uint Cpu;

    /// <summary><c>u.get_max_cstate</c></summary>
    [FieldOffset(8)]
    public uint State;
}
