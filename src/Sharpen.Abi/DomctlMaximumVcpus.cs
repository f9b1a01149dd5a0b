namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_max_vcpus</c>: how many vCPUs a domain has. Source: <c>domctl.h</c>.</summary>
public struct DomctlMaximumVcpus : IAbiData
{
    /// <summary><c>max</c></summary>
    public uint Vcpus;
}
