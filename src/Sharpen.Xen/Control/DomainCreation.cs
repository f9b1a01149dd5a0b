using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Xen.Control;

/// <summary>What a new domain is to be. Source: <c>struct xen_domctl_createdomain</c>, <c>domctl.h</c>.</summary>
public sealed record DomainCreation
{
    /// <summary><c>ssidref</c>: its security label.</summary>
    public uint SecurityId { get; init; }

    /// <summary><c>handle</c>: its UUID, in the order of its text.</summary>
    public Guid Handle { get; init; }

    /// <summary><c>flags</c></summary>
    public DomainCreationFlags Flags { get; init; }

    /// <summary><c>iommu_opts</c></summary>
    public uint IommuOptions { get; init; }

    /// <summary><c>max_vcpus</c></summary>
    public required int Vcpus { get; init; }

    /// <summary><c>max_evtchn_port</c>: the highest port it may have; -1: no limit.</summary>
    public int HighestPort { get; init; } = 1023;

    /// <summary><c>max_grant_frames</c>; -1: the hypervisor's default.</summary>
    public int GrantFrames { get; init; } = -1;

    /// <summary><c>max_maptrack_frames</c>; -1: the hypervisor's default.</summary>
    public int MaptrackFrames { get; init; } = -1;

    /// <summary><c>grant_opts</c>: the highest version of the grant table.</summary>
    public int GrantVersion { get; init; } = 2;

    /// <summary><c>vmtrace_size</c>: bytes.</summary>
    public uint TraceBytes { get; init; }

    /// <summary><c>cpupool_id</c></summary>
    public uint Pool { get; init; }

    /// <summary><c>arch.emulation_flags</c></summary>
    public uint Emulation { get; init; }

    /// <summary><c>arch.misc_flags</c></summary>
    public uint Miscellaneous { get; init; }

    internal DomctlCreation Structure()
    {
        Span<byte> handle = stackalloc byte[16];
        _ = Handle.TryWriteBytes(handle, bigEndian: true, out _);
        return new DomctlCreation
        {
            SecurityId = SecurityId,
            Handle = MemoryMarshal.Read<Bytes16>(handle),
            Flags = Flags,
            IommuOptions = IommuOptions,
            MostVcpus = (uint)Vcpus,
            HighestPort = unchecked((uint)HighestPort),
            GrantFrames = GrantFrames,
            MapFrames = MaptrackFrames,
            GrantOptions = (uint)GrantVersion,
            TraceBytes = TraceBytes,
            Pool = Pool,
            Emulation = Emulation,
            Miscellaneous = Miscellaneous,
        };
    }
}
