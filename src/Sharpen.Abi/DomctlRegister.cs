namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_vcpu_msr</c>: one model-specific register of a vCPU. Source: <c>domctl.h</c>.</summary>
public struct DomctlRegister : IAbiData
{
    /// <summary><c>index</c></summary>
    public uint Number;

    /// <summary><c>reserved</c>: zero</summary>
    public uint Reserved;

    /// <summary><c>value</c></summary>
    public ulong Value;
}
