namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_set_virq_handler</c>: which virtual interrupt a domain takes care of. Source: <c>domctl.h</c>.</summary>
public struct DomctlVirqHandler : IAbiData
{
    /// <summary><c>virq</c></summary>
    public uint Virq;
}
