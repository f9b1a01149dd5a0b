using System;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>What a control domain may ask the hypervisor, by subject; one open device behind all of it. Safe for threads.</summary>
public sealed class XenControl : IDisposable
{
    private XenControl(HypercallDevice device)
    {
        Device = device;
        Domains = new DomainControl(device);
        Vcpus = new VcpuControl(device);
        Host = new HostControl(device);
        Memory = new MemoryControl(device);
        Paging = new PagingControl(device);
        Events = new EventControl(device);
        Version = new VersionControl(device);
        Files = new FileControl(device);
        Pools = new PoolControl(device);
        Schedulers = new SchedulerControl(device);
    }

    /// <summary>The device, to map memory and for calls that are not named here.</summary>
    public HypercallDevice Device { get; }

    /// <summary>Domains as a whole.</summary>
    public DomainControl Domains { get; }

    /// <summary>vCPUs and their scheduling.</summary>
    public VcpuControl Vcpus { get; }

    /// <summary>The host: CPUs, memory, console.</summary>
    public HostControl Host { get; }

    /// <summary>Memory of domains.</summary>
    public MemoryControl Memory { get; }

    /// <summary>Page tables of PV domains.</summary>
    public PagingControl Paging { get; }

    /// <summary>Event channels of other domains.</summary>
    public EventControl Events { get; }

    /// <summary>What hypervisor this is.</summary>
    public VersionControl Version { get; }

    /// <summary>The hypervisor's own files.</summary>
    public FileControl Files { get; }

    /// <summary>Pools of CPUs.</summary>
    public PoolControl Pools { get; }

    /// <summary>What only some schedulers have.</summary>
    public SchedulerControl Schedulers { get; }

    /// <summary>Opens the device.</summary>
    /// <exception cref="XenException">It is not there, or this user may not.</exception>
    public static XenControl Open() => new(HypercallDevice.Open());

    public void Dispose() => Device.Dispose();
}
