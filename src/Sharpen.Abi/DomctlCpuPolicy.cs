using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_cpu_policy</c>: a domain's policy for CPUID and model-specific registers. Source: <c>domctl.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
public struct DomctlCpuPolicy : IAbiData
{
    /// <summary><c>nr_leaves</c></summary>
    [FieldOffset(0)]
    public uint LeafCount;

    /// <summary><c>nr_msrs</c></summary>
    [FieldOffset(4)]
    public uint RegisterCount;

    /// <summary><c>leaves</c>: where to write them</summary>
    [FieldOffset(8)]
    public ulong Leaves;

    /// <summary><c>msrs</c>: where to write them</summary>
    [FieldOffset(16)]
    public ulong Registers;

    /// <summary><c>err_leaf</c>: what a refusal is about, or all ones</summary>
    [FieldOffset(24)]
    public uint BadLeaf;

    /// <summary><c>err_subleaf</c></summary>
    [FieldOffset(28)]
    public uint BadSubleaf;

    /// <summary><c>err_msr</c></summary>
    [FieldOffset(32)]
    public uint BadRegister;
}
