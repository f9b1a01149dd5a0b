using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct vcpu_time_info</c>: how a guest turns its TSC into system time; consistent while the version is even. Source: <c>xen.h</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
public struct VcpuTimeInfo : IAbiData
{
    /// <summary><c>version</c></summary>
    public uint Version;

    /// <summary><c>pad0</c></summary>
    public uint Pad0;

    /// <summary><c>tsc_timestamp</c></summary>
    public ulong TscTimestamp;

    /// <summary><c>system_time</c>: nanoseconds</summary>
    public ulong SystemTime;

    /// <summary><c>tsc_to_system_mul</c></summary>
    public uint TscToSystemMultiplier;

    /// <summary><c>tsc_shift</c></summary>
    public sbyte TscShift;

    /// <summary><c>flags</c></summary>
    public TimeFlags Flags;
}
