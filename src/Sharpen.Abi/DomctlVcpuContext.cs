namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_vcpucontext</c>: the state of a vCPU. Source: <c>domctl.h</c>.</summary>
public struct DomctlVcpuContext : IAbiData
{
    /// <summary><c>vcpu</c></summary>
    public uint Vcpu;

    /// <summary><c>ctxt</c>: where it is</summary>
    public ulong Context;
}
