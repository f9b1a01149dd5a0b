namespace Sharpen.Abi;

/// <summary><c>struct xenpf_platform_quirk</c>: a fault of the host. Source: <c>platform.h</c>.</summary>
public struct PlatformQuirk : IAbiData
{
    /// <summary><c>quirk_id</c></summary>
    public uint Quirk;
}
