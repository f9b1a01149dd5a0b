namespace Sharpen.Abi;

/// <summary><c>struct xen_cpuid_leaf</c>: one answer of CPUID. Source: <c>arch-x86/xen.h</c>.</summary>
public struct CpuidLeaf : IAbiData
{
    /// <summary><c>leaf</c></summary>
    public uint Leaf;

    /// <summary><c>subleaf</c></summary>
    public uint Subleaf;

    /// <summary><c>a</c></summary>
    public uint Eax;

    /// <summary><c>b</c></summary>
    public uint Ebx;

    /// <summary><c>c</c></summary>
    public uint Ecx;

    /// <summary><c>d</c></summary>
    public uint Edx;
}
