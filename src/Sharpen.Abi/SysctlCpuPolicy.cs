namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_cpu_policy</c>: a policy for CPUID and model-specific registers. Source: <c>sysctl.h</c>.</summary>
public struct SysctlCpuPolicy : IAbiData
{
    /// <summary><c>index</c></summary>
    public uint Policy;

    /// <summary><c>nr_leaves</c>: in: room, out: leaves</summary>
    public uint LeafCount;

    /// <summary><c>nr_msrs</c>: in: room, out: registers</summary>
    public uint RegisterCount;

    /// <summary><c>_rsvd</c></summary>
    public uint Reserved;

    /// <summary><c>leaves</c>: where to write them</summary>
    public ulong Leaves;

    /// <summary><c>msrs</c>: where to write them</summary>
    public ulong Registers;
}
