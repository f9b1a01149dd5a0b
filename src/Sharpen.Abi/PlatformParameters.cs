namespace Sharpen.Abi;

/// <summary><c>struct xen_platform_parameters</c>. Source: <c>version.h</c>.</summary>
public struct PlatformParameters : IAbiData
{
    /// <summary><c>virt_start</c></summary>
    public ulong VirtualStart;
}
