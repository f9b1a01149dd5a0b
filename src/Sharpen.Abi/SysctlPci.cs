namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_pcitopoinfo</c>: nodes of devices. Source: <c>sysctl.h</c>.</summary>
public struct SysctlPci : IAbiData
{
    /// <summary><c>num_devs</c></summary>
    public uint Count;

    /// <summary><c>devs</c>: where they are</summary>
    public ulong Devices;

    /// <summary><c>nodes</c>: where to write them</summary>
    public ulong Nodes;
}
