namespace Sharpen.Abi;

/// <summary><c>struct physdev_pirq_eoi_gmfn</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevEoiPage : IAbiData
{
    /// <summary><c>gmfn</c></summary>
    public ulong Frame;
}
