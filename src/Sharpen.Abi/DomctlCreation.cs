namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_createdomain</c>: what a new domain is to be, and how much of the host it may use. Source: <c>domctl.h</c>.</summary>
public struct DomctlCreation : IAbiData
{
    /// <summary><c>ssidref</c></summary>
    public uint SecurityId;

    /// <summary><c>handle</c></summary>
    public Bytes16 Handle;

    /// <summary><c>flags</c></summary>
    public DomainCreationFlags Flags;

    /// <summary><c>iommu_opts</c></summary>
    public uint IommuOptions;

    /// <summary><c>max_vcpus</c></summary>
    public uint MostVcpus;

    /// <summary><c>max_evtchn_port</c></summary>
    public uint HighestPort;

    /// <summary><c>max_grant_frames</c>: negative for what is usual</summary>
    public int GrantFrames;

    /// <summary><c>max_maptrack_frames</c>: negative for what is usual</summary>
    public int MapFrames;

    /// <summary><c>grant_opts</c></summary>
    public uint GrantOptions;

    /// <summary><c>vmtrace_size</c></summary>
    public uint TraceBytes;

    /// <summary><c>cpupool_id</c></summary>
    public uint Pool;

    /// <summary><c>arch.emulation_flags</c></summary>
    public uint Emulation;

    /// <summary><c>arch.misc_flags</c></summary>
    public uint Miscellaneous;
}
