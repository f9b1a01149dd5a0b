namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_ioport_permission</c>: whether a domain may use I/O ports. Source: <c>domctl.h</c>.</summary>
public struct DomctlPortPermission : IAbiData
{
    /// <summary><c>first_port</c></summary>
    public uint First;

    /// <summary><c>nr_ports</c></summary>
    public uint Count;

    /// <summary><c>allow_access</c></summary>
    public byte Allow;
}
