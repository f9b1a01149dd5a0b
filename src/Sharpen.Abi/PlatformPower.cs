using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xenpf_set_processor_pminfo</c>: what the firmware says about saving power. Source: <c>platform.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 112)]
public struct PlatformPower : IAbiData
{
    /// <summary><c>id</c></summary>
    [FieldOffset(0)]
    public uint AcpiId;

    /// <summary><c>type</c></summary>
    [FieldOffset(4)]
    public uint Type;

    /// <summary><c>u.power.count</c></summary>
    [FieldOffset(8)]
    public uint IdleStateCount;

    /// <summary><c>u.power.states</c>: where they are</summary>
    [FieldOffset(16)]
    public ulong IdleStates;

    /// <summary><c>u.perf.flags</c></summary>
    [FieldOffset(8)]
    public uint PerformanceFlags;

    /// <summary><c>u.perf.states</c>: where they are</summary>
    [FieldOffset(56)]
    public ulong PerformanceStates;

    /// <summary><c>u.pdc</c>: where they are</summary>
    [FieldOffset(8)]
    public ulong DriverBits;
}
