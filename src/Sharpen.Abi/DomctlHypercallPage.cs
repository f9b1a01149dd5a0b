namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_hypercall_init</c>: which page gets the code of hypercalls. Source: <c>domctl.h</c>.</summary>
public struct DomctlHypercallPage : IAbiData
{
    /// <summary><c>gmfn</c></summary>
    public ulong Page;
}
