namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_getdomaininfolist</c>: domains from a number on. Source: <c>sysctl.h</c>.</summary>
public struct SysctlDomainList : IAbiData
{
    /// <summary><c>first_domain</c></summary>
    public ushort First;

    /// <summary><c>max_domains</c></summary>
    public uint Most;

    /// <summary><c>buffer</c>: where to write them</summary>
    public ulong Buffer;

    /// <summary><c>num_domains</c></summary>
    public uint Count;
}
