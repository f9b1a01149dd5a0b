using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>vCPUs, and how domains are scheduled. Every refusal is a <see cref="XenException"/>. Source: <c>domctl.h</c>.</summary>
public sealed class VcpuControl
{
    private const uint PutInfo = 0;
    private const uint GetInfo = 1;
    private const uint HardAffinity = 1;
    private const uint SoftAffinity = 2;
    private const int MapBytes = 1024;
    private readonly HypercallDevice _device;

    internal VcpuControl(HypercallDevice device) => _device = device;

    /// <summary>Makes a domain's vCPUs, once, as many as it was created for.</summary>
    public void SetMaximum(DomainId domain, int vcpus)
    {
        uint arguments = (uint)vcpus;
        _ = Domctl.Call(_device, $"make {vcpus} vCPUs for", DomctlCommand.SetMaximumVcpus, domain, ref arguments);
    }

    /// <summary>What a vCPU does.</summary>
    public DomctlVcpu Get(DomainId domain, int vcpu)
    {
        DomctlVcpu arguments = new() { Vcpu = (uint)vcpu };
        _ = Domctl.Call(_device, $"ask for vCPU {vcpu} of", DomctlCommand.GetVcpuInfo, domain, ref arguments);
        return arguments;
    }

    /// <summary>The registers of a vCPU of a paused domain.</summary>
    public VcpuGuestContext GetContext(DomainId domain, int vcpu)
    {
        using HypercallBuffer context = _device.Allocate(Unsafe.SizeOf<VcpuGuestContext>());
        Longs arguments = new((uint)vcpu, context.Address);
        _ = Domctl.Call(_device, $"get the registers of vCPU {vcpu} of", DomctlCommand.GetVcpuContext, domain, ref arguments);
        return context.At<VcpuGuestContext>();
    }

    /// <summary>Sets how a vCPU of a paused domain begins or goes on.</summary>
    public void SetContext(DomainId domain, int vcpu, in VcpuGuestContext context)
    {
        using HypercallBuffer buffer = _device.Allocate(Unsafe.SizeOf<VcpuGuestContext>());
        buffer.At<VcpuGuestContext>() = context;
        Longs arguments = new((uint)vcpu, buffer.Address);
        _ = Domctl.Call(_device, $"set the registers of vCPU {vcpu} of", DomctlCommand.SetVcpuContext, domain, ref arguments);
    }

    /// <summary>Where a vCPU may run.</summary>
    /// <param name="domain">Whose.</param>
    /// <param name="vcpu">Which.</param>
    /// <param name="cpus">How many CPUs are of interest.</param>
    public VcpuAffinity GetAffinity(DomainId domain, int vcpu, int cpus)
    {
        using HypercallBuffer maps = _device.Allocate(2 * MapBytes);
        DomctlAffinity arguments = Affinity(vcpu, HardAffinity | SoftAffinity, maps, cpus, cpus);
        _ = Domctl.Call(_device, $"get the affinity of vCPU {vcpu} of", DomctlCommand.GetVcpuAffinity, domain, ref arguments);
        int words = (cpus + 63) / 64;
        return new VcpuAffinity(CpuSet.Of(maps.As<ulong>()[..words]), CpuSet.Of(maps.As<ulong>().Slice(MapBytes / 8, words)));
    }

    /// <summary>Says where a vCPU may run, and where it likes to; null leaves it as it is. Answers what is in effect then.</summary>
    public VcpuAffinity SetAffinity(DomainId domain, int vcpu, CpuSet? hard, CpuSet? soft)
    {
        using HypercallBuffer maps = _device.Allocate(2 * MapBytes);
        hard?.Words.CopyTo(maps.As<ulong>());
        soft?.Words.CopyTo(maps.As<ulong>()[(MapBytes / 8)..]);
        uint flags = (hard is null ? 0 : HardAffinity) | (soft is null ? 0 : SoftAffinity);
        DomctlAffinity arguments = Affinity(vcpu, flags, maps, hard?.Bits ?? 0, soft?.Bits ?? 0);
        _ = Domctl.Call(_device, $"set the affinity of vCPU {vcpu} of", DomctlCommand.SetVcpuAffinity, domain, ref arguments);
        int hardWords = (hard?.Bits ?? 0) / 64;
        int softWords = (soft?.Bits ?? 0) / 64;
        return new VcpuAffinity(CpuSet.Of(maps.As<ulong>()[..hardWords]), CpuSet.Of(maps.As<ulong>().Slice(MapBytes / 8, softWords)));
    }

    /// <summary>The NUMA nodes that a domain's memory is to come from.</summary>
    public void SetNodes(DomainId domain, CpuSet nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        using HypercallBuffer map = _device.Allocate(MapBytes);
        nodes.Words.CopyTo(map.As<ulong>());
        DomctlNodes arguments = new() { Nodes = map.Address, NodeBits = (uint)nodes.Bits };
        _ = Domctl.Call(_device, "set the nodes of", DomctlCommand.SetNodeAffinity, domain, ref arguments);
    }

    /// <summary>The NUMA nodes that a domain's memory comes from.</summary>
    public CpuSet GetNodes(DomainId domain, int nodes)
    {
        using HypercallBuffer map = _device.Allocate(MapBytes);
        DomctlNodes arguments = new() { Nodes = map.Address, NodeBits = (uint)nodes };
        _ = Domctl.Call(_device, "get the nodes of", DomctlCommand.GetNodeAffinity, domain, ref arguments);
        return CpuSet.Of(map.As<ulong>()[..((nodes + 63) / 64)]);
    }

    /// <summary>How a domain is scheduled; credit and credit2 have weight and cap.</summary>
    public DomctlScheduler GetScheduling(DomainId domain, uint scheduler)
    {
        DomctlScheduler arguments = new() { Scheduler = scheduler, Command = GetInfo };
        _ = Domctl.Call(_device, "get the scheduling of", DomctlCommand.SchedulerOp, domain, ref arguments);
        return arguments;
    }

    /// <summary>Sets how a domain is scheduled.</summary>
    public void SetScheduling(DomainId domain, uint scheduler, ushort weight, ushort cap)
    {
        DomctlScheduler arguments = new() { Scheduler = scheduler, Command = PutInfo, Weight = weight, Cap = cap };
        _ = Domctl.Call(_device, "set the scheduling of", DomctlCommand.SchedulerOp, domain, ref arguments);
    }

    private static DomctlAffinity Affinity(int vcpu, uint flags, HypercallBuffer maps, int hardBits, int softBits) => new()
    {
        Vcpu = (uint)vcpu,
        Flags = flags,
        Hard = maps.Address,
        HardBits = (uint)hardBits,
        Soft = maps.Address + MapBytes,
        SoftBits = (uint)softBits,
    };
}
