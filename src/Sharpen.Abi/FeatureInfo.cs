namespace Sharpen.Abi;

/// <summary><c>struct xen_feature_info</c>. Source: <c>version.h</c>.</summary>
public struct FeatureInfo : IAbiData
{
    /// <summary><c>submap_idx</c></summary>
    public uint Index;

    /// <summary><c>submap</c>: out</summary>
    public uint Map;
}
