namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_set_target</c>: which domain another one serves. Source: <c>domctl.h</c>.</summary>
public struct DomctlTarget : IAbiData
{
    /// <summary><c>target</c></summary>
    public ushort Target;
}
