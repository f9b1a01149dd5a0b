using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_getdomaininfo</c>: a domain in numbers. Source: <c>domctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 112)]
public struct DomainInfo : IAbiData
{
    /// <summary><c>domain</c></summary>
    [FieldOffset(0)]
    public ushort Domain;

    /// <summary><c>flags</c></summary>
    [FieldOffset(4)]
    public uint Flags;

    /// <summary><c>tot_pages</c></summary>
    [FieldOffset(8)]
    public ulong Frames;

    /// <summary><c>max_pages</c></summary>
    [FieldOffset(16)]
    public ulong MostFrames;

    /// <summary><c>outstanding_pages</c></summary>
    [FieldOffset(24)]
    public ulong ClaimedFrames;

    /// <summary><c>shr_pages</c></summary>
    [FieldOffset(32)]
    public ulong SharedFrames;

    /// <summary><c>paged_pages</c></summary>
    [FieldOffset(40)]
    public ulong PagedFrames;

    /// <summary><c>shared_info_frame</c></summary>
    [FieldOffset(48)]
    public ulong SharedInfoFrame;

    /// <summary><c>cpu_time</c>: nanoseconds</summary>
    [FieldOffset(56)]
    public ulong CpuTime;

    /// <summary><c>nr_online_vcpus</c></summary>
    [FieldOffset(64)]
    public uint OnlineVcpus;

    /// <summary><c>max_vcpu_id</c></summary>
    [FieldOffset(68)]
    public uint HighestVcpu;

    /// <summary><c>ssidref</c></summary>
    [FieldOffset(72)]
    public uint SecurityId;

    /// <summary><c>handle</c></summary>
    [FieldOffset(76)]
    public Bytes16 Handle;

    /// <summary><c>cpupool</c></summary>
    [FieldOffset(92)]
    public uint Pool;

    /// <summary><c>gpaddr_bits</c></summary>
    [FieldOffset(96)]
    public byte AddressBits;

    /// <summary><c>arch_config.emulation_flags</c></summary>
    [FieldOffset(104)]
    public uint Emulation;

    /// <summary><c>arch_config.misc_flags</c></summary>
    [FieldOffset(108)]
    public uint Miscellaneous;
}
