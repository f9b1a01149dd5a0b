namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_address_size</c>: how wide the domain's addresses are. Source: <c>domctl.h</c>.</summary>
public struct DomctlAddressSize : IAbiData
{
    /// <summary><c>size</c></summary>
    public uint Bits;
}
