namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_nodeaffinity</c>: which nodes a domain likes. Source: <c>domctl.h</c>.</summary>
public struct DomctlNodes : IAbiData
{
    /// <summary><c>nodemap.bitmap</c>: where they are</summary>
    public ulong Nodes;

    /// <summary><c>nodemap.nr_bits</c></summary>
    public uint NodeBits;
}
