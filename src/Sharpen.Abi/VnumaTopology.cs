namespace Sharpen.Abi;

/// <summary><c>struct xen_vnuma_topology_info</c>. Source: <c>memory.h</c>.</summary>
public struct VnumaTopology : IAbiData
{
    /// <summary><c>domid</c></summary>
    public DomainId Domain;

    /// <summary><c>pad</c>: zero</summary>
    public ushort Padding;

    /// <summary><c>nr_vnodes</c></summary>
    public uint Nodes;

    /// <summary><c>nr_vcpus</c></summary>
    public uint Vcpus;

    /// <summary><c>nr_vmemranges</c></summary>
    public uint Ranges;

    /// <summary><c>vdistance</c></summary>
    public ulong Distances;

    /// <summary><c>vcpu_to_vnode</c></summary>
    public ulong NodeOfVcpu;

    /// <summary><c>vmemrange</c></summary>
    public ulong MemoryRanges;
}
