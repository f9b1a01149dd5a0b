namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_debug_keys</c>: keys to be pressed. Source: <c>sysctl.h</c>.</summary>
public struct SysctlKeys : IAbiData
{
    /// <summary><c>keys</c>: where they are</summary>
    public ulong Keys;

    /// <summary><c>nr_keys</c></summary>
    public uint Count;
}
