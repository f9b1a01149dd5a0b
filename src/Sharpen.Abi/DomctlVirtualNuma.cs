namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_vnuma</c>: the nodes that a domain sees. Source: <c>domctl.h</c>.</summary>
public struct DomctlVirtualNuma : IAbiData
{
    /// <summary><c>nr_vnodes</c></summary>
    public uint Nodes;

    /// <summary><c>nr_vmemranges</c></summary>
    public uint Ranges;

    /// <summary><c>nr_vcpus</c></summary>
    public uint Vcpus;

    /// <summary><c>pad</c></summary>
    public uint Padding;

    /// <summary><c>vdistance</c>: where they are</summary>
    public ulong Distances;

    /// <summary><c>vcpu_to_vnode</c>: where they are</summary>
    public ulong NodesOfVcpus;

    /// <summary><c>vnode_to_pnode</c>: where they are</summary>
    public ulong HostNodes;

    /// <summary><c>vmemrange</c>: where they are</summary>
    public ulong RangeList;
}
