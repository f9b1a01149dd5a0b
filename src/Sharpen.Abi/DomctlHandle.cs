namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_setdomainhandle</c>: a UUID for a domain. Source: <c>domctl.h</c>.</summary>
public struct DomctlHandle : IAbiData
{
    /// <summary><c>handle</c></summary>
    public Bytes16 Handle;
}
