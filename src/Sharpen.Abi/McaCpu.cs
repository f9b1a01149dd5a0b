using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct mcinfo_logical_cpu</c>: a CPU. Source: <c>arch-x86/xen-mca.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 304)]
public struct McaCpu : IAbiData
{
    /// <summary><c>mc_cpunr</c></summary>
    [FieldOffset(0)]
    public uint Cpu;

    /// <summary><c>mc_chipid</c></summary>
    [FieldOffset(4)]
    public uint Socket;

    /// <summary><c>mc_coreid</c></summary>
    [FieldOffset(8)]
    public ushort Core;

    /// <summary><c>mc_threadid</c></summary>
    [FieldOffset(10)]
    public ushort Thread;

    /// <summary><c>mc_apicid</c></summary>
    [FieldOffset(12)]
    public uint ApicId;

    /// <summary><c>mc_clusterid</c></summary>
    [FieldOffset(16)]
    public uint Cluster;

    /// <summary><c>mc_ncores</c></summary>
    [FieldOffset(20)]
    public uint Cores;

    /// <summary><c>mc_ncores_active</c></summary>
    [FieldOffset(24)]
    public uint ActiveCores;

    /// <summary><c>mc_nthreads</c></summary>
    [FieldOffset(28)]
    public uint Threads;

    /// <summary><c>mc_cpuid_level</c></summary>
    [FieldOffset(32)]
    public int HighestLeaf;

    /// <summary><c>mc_family</c></summary>
    [FieldOffset(36)]
    public uint Family;

    /// <summary><c>mc_vendor</c></summary>
    [FieldOffset(40)]
    public uint Vendor;

    /// <summary><c>mc_model</c></summary>
    [FieldOffset(44)]
    public uint Model;

    /// <summary><c>mc_step</c></summary>
    [FieldOffset(48)]
    public uint Stepping;

    /// <summary><c>mc_vendorid</c></summary>
    [FieldOffset(52)]
    public Bytes16 VendorName;

    /// <summary><c>mc_brandid</c></summary>
    [FieldOffset(68)]
    public Bytes64 Brand;
}
