namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_subscribe</c>: which port is told when a domain suspends itself. Source: <c>domctl.h</c>.</summary>
public struct DomctlSubscription : IAbiData
{
    /// <summary><c>port</c></summary>
    public uint Port;
}
