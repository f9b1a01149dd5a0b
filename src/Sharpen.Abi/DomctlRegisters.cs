namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_vcpu_msrs</c>: model-specific registers of a vCPU. Source: <c>domctl.h</c>.</summary>
public struct DomctlRegisters : IAbiData
{
    /// <summary><c>vcpu</c></summary>
    public uint Vcpu;

    /// <summary><c>msr_count</c></summary>
    public uint Count;

    /// <summary><c>msrs</c>: where they are</summary>
    public ulong Registers;
}
