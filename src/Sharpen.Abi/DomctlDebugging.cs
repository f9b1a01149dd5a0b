namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_setdebugging</c>: whether a domain is debugged. Source: <c>domctl.h</c>.</summary>
public struct DomctlDebugging : IAbiData
{
    /// <summary><c>enable</c></summary>
    public byte Enable;
}
