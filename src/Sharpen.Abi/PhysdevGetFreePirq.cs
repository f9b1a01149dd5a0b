namespace Sharpen.Abi;

/// <summary><c>struct physdev_get_free_pirq</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevGetFreePirq : IAbiData
{
    /// <summary><c>type</c></summary>
    public MapPirqType Type;

    /// <summary><c>pirq</c></summary>
    public uint Pirq;
}
