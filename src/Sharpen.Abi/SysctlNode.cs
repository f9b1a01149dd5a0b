namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_meminfo</c>: memory of a node. Source: <c>sysctl.h</c>.</summary>
public struct SysctlNode : IAbiData
{
    /// <summary><c>memsize</c></summary>
    public ulong Bytes;

    /// <summary><c>memfree</c></summary>
    public ulong FreeBytes;
}
