using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_get_pmstat</c>: how a CPU saved power. Source: <c>sysctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct SysctlPowerStatistics : IAbiData
{
    /// <summary><c>type</c></summary>
    [FieldOffset(0)]
    public uint Type;

    /// <summary><c>cpuid</c></summary>
    [FieldOffset(4)]
    public uint Cpu;

    /// <summary><c>u.getcx.nr</c></summary>
    [FieldOffset(8)]
    public uint StateCount;

    /// <summary><c>u.getcx.last</c></summary>
    [FieldOffset(12)]
    public uint LastState;

    /// <summary><c>u.getcx.idle_time</c>: nanoseconds</summary>
    [FieldOffset(16)]
    public ulong IdleTime;

    /// <summary><c>u.getcx.triggers</c>: where to write them</summary>
    [FieldOffset(24)]
    public ulong Triggers;

    /// <summary><c>u.getcx.residencies</c>: where to write them</summary>
    [FieldOffset(32)]
    public ulong Residencies;

    /// <summary><c>u.getcx.nr_pc</c></summary>
    [FieldOffset(40)]
    public uint PackageCount;

    /// <summary><c>u.getcx.nr_cc</c></summary>
    [FieldOffset(44)]
    public uint CoreCount;
}
