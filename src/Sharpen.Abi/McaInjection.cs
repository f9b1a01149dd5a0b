using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_mc_msrinject</c>: registers to be changed. Source: <c>arch-x86/xen-mca.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 144)]
public struct McaInjection : IAbiData
{
    /// <summary><c>mcinj_cpunr</c></summary>
    [FieldOffset(0)]
    public uint Cpu;

    /// <summary><c>mcinj_flags</c></summary>
    [FieldOffset(4)]
    public uint Flags;

    /// <summary><c>mcinj_count</c></summary>
    [FieldOffset(8)]
    public uint Count;
}
